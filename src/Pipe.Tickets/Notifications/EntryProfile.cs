namespace Pipe.Tickets.Notifications;

/// <summary>A thread entry as mails show it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Poster">The author's name.</param>
/// <param name="Title">The title as stored (entities, no tags); empty for none.</param>
/// <param name="Format">How <paramref name="Body"/> is to be read.</param>
/// <param name="Body">The stored body: sanitised HTML, or text with HTML's special characters escaped.</param>
/// <param name="Created">When it was written, by the database's clock.</param>
public sealed record EntryProfile(long Id, string Poster, string Title, BodyFormat Format, string Body, DateTime Created)
{
    /// <summary>Reads the files attached to it that the body does not show.</summary>
    public Func<IReadOnlyList<OutgoingFile>> LoadFiles { get; init; } = static () => [];
}
