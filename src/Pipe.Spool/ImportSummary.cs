namespace Pipe.Spool;

/// <summary>What became of the messages of an import.</summary>
public sealed record ImportSummary
{
    /// <summary>New tickets.</summary>
    public int NewTickets { get; internal set; }

    /// <summary>Replies and notes on tickets.</summary>
    public int Entries { get; internal set; }

    /// <summary>Messages that a remote help desk accepted.</summary>
    public int Posted { get; internal set; }

    /// <summary>Messages that were at their destination already.</summary>
    public int Duplicates { get; internal set; }

    /// <summary>Messages that a rule of the help desk does not want.</summary>
    public int Refused { get; internal set; }

    /// <summary>Messages that can never be accepted; they are in the quarantine.</summary>
    public int Quarantined { get; internal set; }

    /// <summary>Messages that could not be read or delivered, for reasons of their own; the next run tries them again.</summary>
    public int Failed { get; internal set; }

    /// <summary>Messages that an earlier run has done.</summary>
    public int DoneBefore { get; internal set; }

    /// <summary>Why the import ended before its end; <c>null</c> when it did not.</summary>
    public string? Stopped { get; internal set; }

    /// <summary>The number of messages that were looked at.</summary>
    public int Total => NewTickets + Entries + Posted + Duplicates + Refused + Quarantined + Failed + DoneBefore;
}
