using Pipe.Store.Intake;

namespace Pipe.Store.Notifications;

/// <summary>What a message has become, as far as the mails that follow depend on it.</summary>
internal sealed record PostedMessage(TicketState Ticket, long EntryId, EntryContent Content)
{
    public bool IsNewTicket { get; init; }

    public bool IsNote { get; init; }

    public long UserId { get; init; }

    public long StaffId { get; init; }

    /// <summary>Whether the thread was found only by the Message-ID of somebody else's mail.</summary>
    public bool IsPassiveMatch { get; init; }

    /// <summary>What the ticket filters said, for a new ticket.</summary>
    public FilterOutcome? Filters { get; init; }

    /// <summary>The entry of the canned response; 0 for none.</summary>
    public long CannedEntryId { get; init; }

    /// <summary>The owner's open tickets, if this one has brought them to the limit; else 0.</summary>
    public int LimitReached { get; init; }
}
