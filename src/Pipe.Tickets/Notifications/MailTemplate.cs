namespace Pipe.Tickets.Notifications;

/// <summary>A template: text with placeholders such as <c>%{ticket.number}</c>.</summary>
/// <param name="CodeName">Its name in the table <c>email_template</c>, such as "ticket.autoresp".</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The body as HTML.</param>
public sealed record MailTemplate(string CodeName, string Subject, string Body);
