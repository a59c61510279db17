namespace Pipe.Tickets.Entries;

/// <summary>The title of a thread entry (<c>thread_entry.title</c>): text in which HTML's special characters are entities.</summary>
public static class EntryTitle
{
    /// <summary>The title for a decoded subject, or <c>null</c> when nothing of it is left.</summary>
    public static string? FromSubject(string subject) => throw new NotSupportedException(subject);
}
