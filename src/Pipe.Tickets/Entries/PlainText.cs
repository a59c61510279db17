using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>Plain text bodies.</summary>
internal static class PlainText
{
    // What PHP's trim takes away.
    private static ReadOnlySpan<char> Blanks => " \t\n\r\0\v";

    public static string ToStored(string text, Correspondent? stranger)
    {
        var trimmed = text.AsSpan().Trim(Blanks);
        if (stranger is null && (trimmed.IsEmpty || trimmed is "0"))
            return EntryBody.Nothing;

        var stored = new StringBuilder(trimmed.Length + 64);
        if (stranger is not null)
        {
            AppendEscaped(stored, $"Received From: {stranger.Name} <{stranger.Address}>");
            stored.Append("\n\n");
        }

        AppendCollapsed(stored, trimmed);
        stored.Replace('\0', ' ');
        string content = EmoticonFilter.Remove(stored.ToString().TrimEnd(' ', '\t', '\n', '\r', '\0', '\v'));
        return content.Length == 0 ? EntryBody.Nothing : content;
    }

    /// <summary>The text with the characters that HTML gives a meaning written as entities; those of "quot;" included.</summary>
    public static string Escape(ReadOnlySpan<char> text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        AppendEscaped(escaped, text);
        return escaped.ToString();
    }

    // Three or more line feeds in a row become two.
    private static void AppendCollapsed(StringBuilder stored, ReadOnlySpan<char> text)
    {
        while (true)
        {
            int run = text.IndexOf("\n\n\n");
            if (run < 0)
            {
                AppendEscaped(stored, text);
                return;
            }

            AppendEscaped(stored, text[..(run + 2)]);
            text = text[run..].TrimStart('\n');
        }
    }

    private static void AppendEscaped(StringBuilder stored, ReadOnlySpan<char> text)
    {
        while (true)
        {
            int special = text.IndexOfAny("&<>\"");
            if (special < 0)
            {
                stored.Append(text);
                return;
            }

            stored.Append(text[..special]).Append(text[special] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ => "&quot;",
            });
            text = text[(special + 1)..];
        }
    }
}
