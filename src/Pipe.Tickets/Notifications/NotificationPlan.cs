namespace Pipe.Tickets.Notifications;

/// <summary>The mails that a message causes, and what was decided on the way.</summary>
/// <param name="Mails">What is to be sent, in this order.</param>
/// <param name="Decisions">One for each mail that was sent or could have been.</param>
public sealed record NotificationPlan(IReadOnlyList<OutgoingMail> Mails, IReadOnlyList<NotificationDecision> Decisions);
