namespace Pipe.Store.Intake;

/// <summary>A thread entry that is to be written.</summary>
internal sealed record NewEntry
{
    public required char Type { get; init; }

    /// <summary>The thread; 0 for an entry that is to appear later.</summary>
    public required long ThreadId { get; init; }

    /// <summary>The entry that is answered; 0 for none.</summary>
    public long ParentId { get; init; }

    public long UserId { get; init; }

    public long StaffId { get; init; }

    public required EntryFlags Flags { get; init; }

    public required string Poster { get; init; }

    public string Source { get; init; } = "Email";

    public string? Title { get; init; }

    public string? Recipients { get; init; }

    public required EntryContent Content { get; init; }
}
