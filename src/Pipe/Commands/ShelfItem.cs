using Pipe.Spool;

namespace Pipe.Commands;

/// <summary>A message that is kept, and where.</summary>
/// <param name="Folder">The spool or the quarantine.</param>
/// <param name="Message">The message.</param>
/// <param name="IsQuarantined">Whether it is in the quarantine.</param>
internal sealed record ShelfItem(MessageFolder Folder, KeptMessage Message, bool IsQuarantined);
