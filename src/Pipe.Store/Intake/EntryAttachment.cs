using Pipe.Store.Files;

namespace Pipe.Store.Intake;

/// <summary>A stored file on its way to being attached.</summary>
/// <param name="File">The stored file.</param>
/// <param name="Name">The name in this mail.</param>
/// <param name="Inline">Whether the body refers to it.</param>
internal sealed record EntryAttachment(StoredFile File, string Name, bool Inline);
