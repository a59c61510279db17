using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>Removes the characters that osTicket takes for emoticons; among them are © and ®.</summary>
public static class EmoticonFilter
{
    /// <summary>The text without those characters; the same instance when there are none.</summary>
    public static string Remove(string text)
    {
        int first = 0;
        while (first < text.Length && !IsRemoved(text, first, out _))
            first++;
        if (first == text.Length)
            return text;

        var kept = new StringBuilder(text.Length).Append(text, 0, first);
        for (int i = first; i < text.Length;)
        {
            if (!IsRemoved(text, i, out int length))
                kept.Append(text, i, length);
            i += length;
        }

        return kept.ToString();
    }

    private static bool IsRemoved(string text, int i, out int length)
    {
        length = 1;
        char c = text[i];
        if (c < '\u00A9')
            return false;
        if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            length = 2;
            return IsRemoved(char.ConvertToUtf32(c, text[i + 1]));
        }

        return IsRemoved(c);
    }

    private static bool IsRemoved(int codePoint) => codePoint is
        (>= 0x00A9 and <= 0x00AE) or
        (>= 0x2310 and <= 0x231F) or
        (>= 0x2322 and <= 0x232F) or
        (>= 0x23E0 and <= 0x23FF) or
        (>= 0x2702 and <= 0x27B0) or
        (>= 0x1F300 and <= 0x1F64F) or
        (>= 0x1F680 and <= 0x1F6D2) or
        (>= 0x1F6E0 and <= 0x1F6FF) or
        (>= 0x1F910 and <= 0x1F999) or
        (>= 0x1F9C0 and <= 0x1F9C2) or
        (>= 0x1F9D0 and <= 0x1F9EF) or
        0x1000B6;
}
