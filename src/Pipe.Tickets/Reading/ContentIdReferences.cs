namespace Pipe.Tickets.Reading;

/// <summary>References to files of the same message in HTML source: src="cid:…" (RFC 2392).</summary>
internal static class ContentIdReferences
{
    private const string Attribute = "src=";
    private const string Scheme = "cid:";

    /// <summary>Adds the Content-IDs, whatever quotes they stand in.</summary>
    public static void Collect(ReadOnlySpan<char> html, HashSet<string> contentIds)
    {
        while (true)
        {
            int found = html.IndexOf(Attribute, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return;

            html = html[(found + Attribute.Length)..].TrimStart(" \t\r\n");
            if (html.IsEmpty)
                return;

            char quote = html[0] is '"' or '\'' ? html[0] : ' ';
            var value = quote == ' ' ? html : html[1..];
            int end = quote == ' ' ? value.IndexOfAny(" \t\r\n>") : value.IndexOf(quote);
            value = value[..(end < 0 ? value.Length : end)];
            if (value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.Length > Scheme.Length)
                contentIds.Add(Uri.UnescapeDataString(value[Scheme.Length..].ToString()));
        }
    }
}
