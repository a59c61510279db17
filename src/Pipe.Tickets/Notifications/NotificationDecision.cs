namespace Pipe.Tickets.Notifications;

/// <summary>Whether a mail is sent, and why: what an administrator is told.</summary>
/// <param name="Kind">The mail.</param>
/// <param name="Recipient">The address it goes or would go to; empty when none was looked for.</param>
/// <param name="IsSent">Whether it is sent.</param>
/// <param name="Reason">A few words, such as "ticket_autoresponder is off".</param>
public sealed record NotificationDecision(NotificationKind Kind, string Recipient, bool IsSent, string Reason);
