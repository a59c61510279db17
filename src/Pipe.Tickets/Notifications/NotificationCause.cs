namespace Pipe.Tickets.Notifications;

/// <summary>What a message has become in the ticket store, as far as it decides on the mails that follow.</summary>
public sealed record NotificationCause
{
    /// <summary>The ticket.</summary>
    public required long TicketId { get; init; }

    /// <summary>The ticket's thread.</summary>
    public required long ThreadId { get; init; }

    /// <summary>The thread entry that the message became.</summary>
    public required long EntryId { get; init; }

    /// <summary>The message.</summary>
    public required InboundMail Mail { get; init; }

    /// <summary>Whether the ticket is new.</summary>
    public bool IsNewTicket { get; init; }

    /// <summary>Whether the entry is an agent's internal note.</summary>
    public bool IsNote { get; init; }

    /// <summary>The agent who wrote the note; 0 for none.</summary>
    public int PosterStaffId { get; init; }

    /// <summary>The user whose message it is; 0 for nobody known.</summary>
    public long PosterUserId { get; init; }

    /// <summary>The help desk's mailbox that the message was addressed to (<c>email.email_id</c>); 0 for none.</summary>
    public int MailboxId { get; init; }

    /// <summary>Whether the thread was found only by the Message-ID of somebody else's mail.</summary>
    public bool IsPassiveMatch { get; init; }

    /// <summary>Whether the envelope sender is empty, so that nobody expects an answer (RFC 3834 section 2).</summary>
    public bool HasNullSender { get; init; }

    /// <summary>Whether a ticket filter forbids the autoresponse (action <c>noresp</c>).</summary>
    public bool FilterForbidsAutoresponse { get; init; }

    /// <summary>The entry of the canned response that a ticket filter posted; 0 for none.</summary>
    public long CannedEntryId { get; init; }

    /// <summary>The configurations (JSON) of the filter actions "send an email", in the order in which they run.</summary>
    public IReadOnlyList<string> FilterMails { get; init; } = [];

    /// <summary>Whether a filter, the help topic or the organisation assigned the new ticket to an agent.</summary>
    public bool AgentWasAssigned { get; init; }

    /// <summary>Whether a filter, the help topic or the organisation assigned the new ticket to a team.</summary>
    public bool TeamWasAssigned { get; init; }

    /// <summary>The number of open tickets, if the new ticket has brought its owner to the limit; 0 otherwise.</summary>
    public int LimitReached { get; init; }
}
