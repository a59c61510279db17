namespace Pipe.Store;

/// <summary>One entry of a ticket's thread.</summary>
/// <param name="Id">Its row id.</param>
/// <param name="Type">M for a message, R for an agent's response, N for an internal note.</param>
/// <param name="Poster">The name shown for its author.</param>
/// <param name="Title">Its title; empty when there is none.</param>
/// <param name="Format">How the body is to be read.</param>
/// <param name="Body">The stored body: HTML, or text with HTML's special characters escaped.</param>
/// <param name="Created">When it was written, by the database's clock.</param>
/// <param name="MessageId">The Message-ID of the mail it came from, or <c>null</c>.</param>
/// <param name="Attachments">The files of this entry.</param>
public sealed record ArchivedEntry(
    long Id,
    char Type,
    string Poster,
    string Title,
    BodyFormat Format,
    string Body,
    DateTime Created,
    string? MessageId,
    IReadOnlyList<ArchivedAttachment> Attachments);
