namespace Pipe.Tickets.Reading;

/// <summary>Cuts off what a reply quotes below the help desk's separator line.</summary>
internal static class QuotedReply
{
    /// <summary>
    /// The body above the first separator, unless nothing is above it; and the Content-IDs to which only the part below referred.
    /// </summary>
    public static MailBody Strip(MailBody body, string? separator, out IReadOnlyCollection<string> strippedContentIds)
    {
        strippedContentIds = [];
        int at = string.IsNullOrEmpty(separator) || separator == "0"
            ? -1
            : body.Content.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0 || body.Content.AsSpan(0, at).Trim(" \t\r\n\0\v").IsEmpty)
            return body;

        var stripped = new HashSet<string>(StringComparer.Ordinal);
        ContentIdReferences.Collect(body.Content.AsSpan(at), stripped);
        if (stripped.Count > 0)
        {
            var kept = new HashSet<string>(StringComparer.Ordinal);
            ContentIdReferences.Collect(body.Content.AsSpan(0, at), kept);
            stripped.ExceptWith(kept);
            strippedContentIds = stripped;
        }

        return body with { Content = body.Content[..at] };
    }
}
