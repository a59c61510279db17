using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>Text for columns whose character set ends at U+FFFF (MySQL's utf8mb3).</summary>
public static class SupplementaryCharacters
{
    /// <summary>The text with "????" for each character beyond U+FFFF, as such a server stores it; the same instance when there is none.</summary>
    /// <remarks>A lone surrogate, which no encoding can carry, becomes "?".</remarks>
    public static string Replace(string text)
    {
        int first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first < 0)
            return text;

        var replaced = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (!char.IsSurrogate(c))
            {
                replaced.Append(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                replaced.Append("????");
                i++;
            }
            else
            {
                replaced.Append('?');
            }
        }

        return replaced.ToString();
    }
}
