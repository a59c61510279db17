namespace Pipe.Store.Explanation;

/// <summary>What a ticket store would do with a message, and why.</summary>
public sealed record IntakeExplanation
{
    /// <summary>The message as it was read, under the settings of the help desk.</summary>
    public required InboundMail Mail { get; init; }

    /// <summary>Who would be the sender: From, or the envelope sender where From names nobody usable; <c>null</c> for nobody.</summary>
    public required Correspondent? Sender { get; init; }

    /// <summary>The address of the system mailbox that the message is for, or <c>null</c> when there is none.</summary>
    public required string? Mailbox { get; init; }

    /// <summary>Why that mailbox, in one sentence.</summary>
    public required string MailboxReason { get; init; }

    /// <summary>All keys that could lead to a thread, in the order in which they are tried.</summary>
    public required IReadOnlyList<ThreadKey> Keys { get; init; }

    /// <summary>The names of the filters that match a message which opens a ticket.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>The filter that rejects the message, or <c>null</c>.</summary>
    public required string? RejectedBy { get; init; }

    /// <summary>What the delivery would come to; <c>null</c> where it could not be tried without leaving something behind.</summary>
    public required DeliveryResult? Result { get; init; }

    /// <summary>The ticket, or <c>null</c> when the message would have none.</summary>
    public required PlannedTicket? Ticket { get; init; }

    /// <summary>The mails that it would cause; <c>null</c> where the options plan none, and for a message that becomes no entry.</summary>
    public required NotificationPlan? Mails { get; init; }
}
