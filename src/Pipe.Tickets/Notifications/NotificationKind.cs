namespace Pipe.Tickets.Notifications;

/// <summary>The mails that a message can cause, in the order in which they are sent.</summary>
public enum NotificationKind
{
    /// <summary>A ticket filter's action "send an email".</summary>
    FilterMail,

    /// <summary>To the agent or team that a new ticket was assigned to (<c>assigned.alert</c>).</summary>
    AssignmentAlert,

    /// <summary>To agents: an agent's note, or a canned reply, was added (<c>note.alert</c>).</summary>
    ActivityAlert,

    /// <summary>To the owner: the canned response that a ticket filter chose (<c>ticket.autoreply</c>).</summary>
    CannedReply,

    /// <summary>To the owner: the ticket was opened (<c>ticket.autoresp</c>).</summary>
    TicketAutoresponse,

    /// <summary>To agents and the administrator: a ticket was opened (<c>ticket.alert</c>).</summary>
    TicketAlert,

    /// <summary>To the administrator: an owner has reached the limit of open tickets.</summary>
    LimitWarning,

    /// <summary>To the owner: the limit of open tickets is reached (<c>ticket.overlimit</c>).</summary>
    LimitNotice,

    /// <summary>To the administrator: the owner was told of the limit.</summary>
    LimitReport,

    /// <summary>To the poster: the message was added to the ticket (<c>message.autoresp</c>).</summary>
    MessageConfirmation,

    /// <summary>To agents: a message was added to a ticket (<c>message.alert</c>).</summary>
    MessageAlert,
}
