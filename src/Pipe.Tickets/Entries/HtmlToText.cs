using System.Net;
using System.Text;
using Pipe.Tickets.Entries.Html;

namespace Pipe.Tickets.Entries;

/// <summary>HTML as plain text, for help desks that have rich text switched off.</summary>
internal static class HtmlToText
{
    private const int LineWidth = 100;

    /// <summary>The visible text; lines are wrapped at blanks near 100 characters.</summary>
    public static string Convert(string html)
    {
        string safe = HtmlSanitizer.Sanitize(html, new EntryBodyOptions())?.Html ?? html;
        return Wrap(WebUtility.HtmlDecode(WithoutTags(safe)));
    }

    private static string WithoutTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var rest = html.AsSpan();
        while (true)
        {
            int open = rest.IndexOf('<');
            text.Append(open < 0 ? rest : rest[..open]);
            if (open < 0)
                return text.ToString();

            rest = rest[open..];
            int close = rest.IndexOf('>');
            if (close < 0)
                return text.ToString();

            var tag = rest[..(close + 1)];
            rest = rest[(close + 1)..];
            string lineBreak = tag.StartsWith("<br") ? "\n" : tag is "</div>" ? "\n" : tag is "</p>" ? "\n\n" : "";
            text.Append(lineBreak);
            if (tag is "</div>" or "</p>")
                rest = rest.TrimStart(" \t\r\n");
        }
    }

    private static string Wrap(string text)
    {
        var wrapped = new StringBuilder(text.Length + 16);
        foreach (string line in text.Split('\n'))
        {
            if (wrapped.Length > 0)
                wrapped.Append('\n');
            AppendWrapped(wrapped, line);
        }

        return wrapped.ToString();
    }

    private static void AppendWrapped(StringBuilder wrapped, ReadOnlySpan<char> line)
    {
        while (line.Length > LineWidth)
        {
            int blank = line[..(LineWidth + 1)].LastIndexOf(' ');
            if (blank <= 0)
                blank = line.IndexOf(' ');
            if (blank <= 0)
                break;
            wrapped.Append(line[..blank]).Append('\n');
            line = line[(blank + 1)..];
        }

        wrapped.Append(line);
    }
}
