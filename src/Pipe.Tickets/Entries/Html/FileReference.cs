namespace Pipe.Tickets.Entries.Html;

/// <summary>Where sanitised HTML refers to a file of the mail.</summary>
/// <param name="Offset">The position of the attribute's value.</param>
/// <param name="Length">The length of the attribute's value.</param>
/// <param name="ContentId">The Content-ID, or the file key, that it names.</param>
internal readonly record struct FileReference(int Offset, int Length, string ContentId);
