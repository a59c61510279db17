using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>Takes the tags out of one line of text that may hold some.</summary>
internal static class TagStripper
{
    // Longer ones are text. Without a bound, unbalanced quotes would make the search quadratic.
    private const int MaxTagLength = 4096;

    /// <summary>The text without tags and comments. A "&lt;" that starts no complete tag stays.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dropScripts">Whether the content of script and style elements goes too.</param>
    public static string Strip(string text, bool dropScripts)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return text;

        var stripped = new StringBuilder(text.Length);
        int lastClose = text.LastIndexOf('>');
        for (int at = 0; at < text.Length;)
        {
            int end = text[at] == '<' && at < lastClose && IsTagStart(text, at + 1) ? EndOfTag(text, at) : 0;
            if (end == 0)
            {
                stripped.Append(text[at++]);
                continue;
            }

            at = dropScripts ? EndOfRawElement(text, at, end) : end;
        }

        return stripped.ToString();
    }

    private static bool IsTagStart(string text, int at) =>
        at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] is '/' or '!' or '?');

    // The position behind the ">" that ends the tag; quoted values may hold others. 0 when nothing ends it.
    private static int EndOfTag(string text, int start)
    {
        char quote = '\0';
        int firstClose = 0;
        int limit = Math.Min(text.Length, start + MaxTagLength);
        for (int i = start + 1; i < limit; i++)
        {
            char c = text[i];
            if (c == '>' && firstClose == 0)
                firstClose = i + 1;
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return i + 1;
        }

        return firstClose;
    }

    private static int EndOfRawElement(string text, int start, int end)
    {
        foreach (string name in (ReadOnlySpan<string>)["script", "style"])
        {
            if (!AsciiText.StartsWithIgnoreCase(text.AsSpan(start + 1), name))
                continue;

            int close = AsciiText.IndexOfIgnoreCase(text.AsSpan(end), "</" + name);
            return close < 0 ? text.Length : Math.Max(end, text.IndexOf('>', end + close) + 1);
        }

        return end;
    }
}
