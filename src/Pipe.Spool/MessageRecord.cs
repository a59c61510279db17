namespace Pipe.Spool;

/// <summary>What is kept beside a message: all that the message itself does not say.</summary>
public sealed record MessageRecord
{
    /// <summary>What the MTA said about the message.</summary>
    public Envelope Envelope { get; init; } = new();

    /// <summary>Why the message is here, one sentence; text from the mail may be in it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it came.</summary>
    public DateTimeOffset Arrived { get; init; }

    /// <summary>How often its delivery was tried from here.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// How many of the attempts failed for a reason that is the message's own, those included that ended with the process.
    /// </summary>
    public int Failures { get; init; }

    /// <summary>When the last attempt was made, if any was.</summary>
    public DateTimeOffset? LastAttempt { get; init; }

    /// <summary>When the next attempt may be made; at any time when <c>null</c>.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>The ticket that holds the message as it came, once there is one.</summary>
    public string? TicketNumber { get; init; }
}
