using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>Takes out of a reply what it quotes of the help desk's mail, which begins with the separator line.</summary>
/// <remarks>
/// What the sender wrote above, between and below the quotation stays. Where quoted lines are not marked, what is below the separator
/// counts as quoted if there is something above it, as in osTicket.
/// </remarks>
internal static class QuotedReply
{
    private const string QuotationStart = "<blockquote";
    private const string QuotationEnd = "</blockquote";

    // "On Monday Support wrote:" on one line or folded.
    private const int MaxAttributionLines = 2;

    /// <summary>The body without the quotation, and the Content-IDs to which only the quotation referred.</summary>
    public static MailBody Strip(MailBody body, string? separator, out IReadOnlyCollection<string> strippedContentIds)
    {
        strippedContentIds = [];
        int at = string.IsNullOrEmpty(separator) || separator == "0"
            ? -1
            : body.Content.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0 || body.Content.AsSpan(0, at).Trim(" \t\r\n\0\v").IsEmpty)
            return body;

        var (kept, quoted) = body.Format == BodyFormat.Html ? SplitHtml(body.Content, at) : SplitText(body.Content, at);
        var stripped = new HashSet<string>(StringComparer.Ordinal);
        ContentIdReferences.Collect(quoted, stripped);
        if (stripped.Count > 0)
        {
            var shown = new HashSet<string>(StringComparer.Ordinal);
            ContentIdReferences.Collect(kept, shown);
            stripped.ExceptWith(shown);
            strippedContentIds = stripped;
        }

        return body with { Content = kept };
    }

    private static (string Kept, string Quoted) SplitText(string text, int at)
    {
        int line = text.LastIndexOf('\n', at) + 1;
        if (!IsQuoted(text.AsSpan(line, at - line)))
            return IsAttribution(text.AsSpan(0, at)) ? (text, "") : (text[..at], text[at..]);

        var own = new StringBuilder();
        foreach (var range in text.AsSpan(at).Split('\n'))
        {
            var below = text.AsSpan(at)[range];
            if (range.Start.Value > 0 && !IsQuoted(below))
                own.Append('\n').Append(below);
        }

        return string.IsNullOrWhiteSpace(own.ToString()) ? (text[..at], text[at..]) : (text[..line] + own.ToString().TrimStart('\n'), "");
    }

    private static bool IsQuoted(ReadOnlySpan<char> line) => line.TrimStart(" \t") is ['>', ..];

    private static bool IsAttribution(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text is [.., ':'] && text.Count('\n') < MaxAttributionLines;
    }

    private static (string Kept, string Quoted) SplitHtml(string html, int at)
    {
        var (start, end) = OuterQuotation(html, at);
        string below = start < 0 ? "" : html[end..];
        return new TextPiece(below, IsHtml: true, IsFile: false).HasWords
            ? (html[..start] + below, html[start..end])
            : (html[..at], html[at..]);
    }

    // The outermost quotation around a place: where its tag begins, and where its end tag ends; (-1, -1) for none.
    private static (int Start, int End) OuterQuotation(string html, int at)
    {
        int depth = 0;
        int start = -1;
        for (int i = html.IndexOf('<', StringComparison.Ordinal); i >= 0; i = html.IndexOf('<', i + 1))
        {
            if (i > at && depth == 0)
                return (-1, -1);
            var tag = html.AsSpan(i);
            if (tag.StartsWith(QuotationStart, StringComparison.OrdinalIgnoreCase))
            {
                start = depth == 0 ? i : start;
                depth++;
            }
            else if (depth > 0 && tag.StartsWith(QuotationEnd, StringComparison.OrdinalIgnoreCase) && --depth == 0 && i > at)
            {
                int close = html.IndexOf('>', i);
                return (start, close < 0 ? html.Length : close + 1);
            }
        }

        return (-1, -1);
    }
}
