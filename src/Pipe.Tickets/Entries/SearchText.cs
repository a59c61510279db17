namespace Pipe.Tickets.Entries;

/// <summary>The text under which an entry is found (<c>_search.content</c>).</summary>
public static class SearchText
{
    /// <summary>The searchable text of a stored body.</summary>
    /// <param name="format">How the body is to be read.</param>
    /// <param name="content">The body as stored.</param>
    public static string OfEntry(BodyFormat format, string content) => throw new NotSupportedException(content + format);
}
