using System.Net;
using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>Lines of text (subjects and names) that osTicket treats as if they might be HTML.</summary>
internal static class PlainLine
{
    /// <summary>The four entities that PHP decodes by default, each once.</summary>
    public static string DecodeBasicEntities(string text) => text.Contains('&', StringComparison.Ordinal)
        ? text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
        : text;

    /// <summary>All character references decoded.</summary>
    public static string DecodeEntities(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;

    /// <summary>Each run of blanks, tabs and line ends as one blank.</summary>
    public static string CollapseWhiteSpace(string text)
    {
        if (text.AsSpan().IndexOfAny('\t', '\r', '\n') < 0 && !text.Contains("  ", StringComparison.Ordinal))
            return text;

        var collapsed = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool isBlank = c is ' ' or '\t' or '\r' or '\n';
            if (!isBlank)
                collapsed.Append(c);
            else if (collapsed.Length == 0 || collapsed[^1] != ' ')
                collapsed.Append(' ');
        }

        return collapsed.ToString();
    }

    /// <summary>The characters "&amp;", "&lt;" and "&gt;" as entities; quotes stay.</summary>
    public static string EscapeText(string text) => text.AsSpan().IndexOfAny('&', '<', '>') < 0
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
