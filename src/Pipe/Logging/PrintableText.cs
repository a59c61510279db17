using System.Globalization;
using System.Text;

namespace Pipe.Logging;

/// <summary>Makes everything in a text visible that would end a line, move a cursor, or turn the direction of writing.</summary>
/// <remarks>Without it a mail could forge log lines, or type into the administrator's terminal.</remarks>
internal static class PrintableText
{
    /// <summary>The text on one line, unchanged but for what cannot be printed.</summary>
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length);
        Append(result, text, int.MaxValue, quoted: false);
        return result.ToString();
    }

    /// <summary>Appends the text, or the beginning of it.</summary>
    /// <param name="result">What it is appended to.</param>
    /// <param name="text">The text.</param>
    /// <param name="maxCharacters">After how many characters it is cut; three dots then say so.</param>
    /// <param name="quoted">Whether it stands in quotation marks, so that these and the backslash are written with one.</param>
    public static void Append(StringBuilder result, string text, int maxCharacters, bool quoted)
    {
        int end = Math.Min(text.Length, maxCharacters);
        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            if (quoted && (c is '"' or '\\'))
                result.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                result.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]))
                AppendPair(result, c, text[++i]);
            else if (IsPrintable(char.GetUnicodeCategory(c)))
                result.Append(c);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        if (end < text.Length)
            result.Append("...");
    }

    private static void AppendPair(StringBuilder result, char high, char low)
    {
        int codePoint = char.ConvertToUtf32(high, low);
        if (IsPrintable(CharUnicodeInfo.GetUnicodeCategory(codePoint)))
            result.Append(high).Append(low);
        else
            result.Append(CultureInfo.InvariantCulture, $"\\U{codePoint:x8}");
    }

    private static bool IsPrintable(UnicodeCategory category) => category is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
