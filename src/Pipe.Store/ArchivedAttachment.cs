namespace Pipe.Store;

/// <summary>A file attached to a thread entry.</summary>
/// <param name="FileId">The row id of the stored file, for <see cref="TicketArchive.CopyFile"/>.</param>
/// <param name="Name">The file name as the mail gave it: anything at all, never a path to be trusted.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Inline">Whether the body refers to it.</param>
public sealed record ArchivedAttachment(long FileId, string Name, string MediaType, long Size, bool Inline);
