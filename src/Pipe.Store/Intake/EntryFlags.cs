namespace Pipe.Store.Intake;

/// <summary>The bits of <c>thread_entry.flags</c> that intake sets.</summary>
[Flags]
internal enum EntryFlags
{
    None = 0,

    /// <summary>The message that opened the ticket.</summary>
    OriginalMessage = 1,

    /// <summary>A collaborator wrote it.</summary>
    Collaborator = 32,

    /// <summary>The HTML is balanced.</summary>
    Balanced = 64,

    /// <summary>Neither a user nor an agent wrote it.</summary>
    System = 128,

    /// <summary>An answer goes to all recipients.</summary>
    ReplyAll = 256,

    /// <summary>An answer goes to the user alone.</summary>
    ReplyUser = 512,

    /// <summary>The entry belongs to a ticket that was merged into this one.</summary>
    Child = 1024,
}
