using System.Text;

namespace Pipe.Tickets;

/// <summary>Comparisons in which only A to Z have two cases, as PHP 8 compares.</summary>
internal static class AsciiText
{
    public static bool EqualsIgnoreCase(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length == b.Length && StartsWithIgnoreCase(a, b);

    public static bool StartsWithIgnoreCase(ReadOnlySpan<char> text, ReadOnlySpan<char> start)
    {
        if (text.Length < start.Length)
            return false;

        for (int i = 0; i < start.Length; i++)
        {
            if (Fold(text[i]) != Fold(start[i]))
                return false;
        }

        return true;
    }

    public static bool EndsWithIgnoreCase(ReadOnlySpan<char> text, ReadOnlySpan<char> end) =>
        text.Length >= end.Length && StartsWithIgnoreCase(text[^end.Length..], end);

    public static int IndexOfIgnoreCase(ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return 0;

        char lower = Fold(part[0]);
        char upper = lower is >= 'a' and <= 'z' ? (char)(lower & ~0x20) : lower;
        for (int at = 0; ;)
        {
            int found = text[at..].IndexOfAny(lower, upper);
            if (found < 0 || text.Length - (at += found) < part.Length)
                return -1;
            if (StartsWithIgnoreCase(text[at..], part))
                return at;
            at++;
        }
    }

    public static string ToLower(string text)
    {
        var lower = new StringBuilder(text.Length);
        foreach (char c in text)
            lower.Append(Fold(c));
        return lower.ToString();
    }

    private static char Fold(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
