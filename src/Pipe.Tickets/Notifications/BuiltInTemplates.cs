namespace Pipe.Tickets.Notifications;

/// <summary>Short templates for help desks that have none of their own.</summary>
internal static class BuiltInTemplates
{
    private const string Footer = "<p>%{company.name}<br />%{signature}</p>";
    private const string AgentLink = "<p><a href=\"%{ticket.staff_link}\">Open the ticket</a></p>";

    /// <summary>The template of this name, or <c>null</c>.</summary>
    /// <param name="codeName">The name.</param>
    /// <param name="hasUrl">Whether there is a web interface that a mail can point to.</param>
    public static MailTemplate? Find(string codeName, bool hasUrl) =>
        Find(codeName) is { } template && !hasUrl
            ? template with { Body = template.Body.Replace(AgentLink, "", StringComparison.Ordinal) }
            : Find(codeName);

    private static MailTemplate? Find(string codeName) => codeName switch
    {
        "ticket.autoresp" => new(codeName, "[#%{ticket.number}] %{ticket.subject}",
            "<p>Hello %{recipient.name.first},</p><p>we have received your message. Its ticket number is <b>%{ticket.number}</b>; "
            + "an answer will follow. To add something, reply to this mail.</p>" + Footer),
        "ticket.autoreply" => new(codeName, "Re: [#%{ticket.number}] %{ticket.subject}",
            "<p>Hello %{recipient.name.first},</p>%{response}<p>Your message has the ticket number <b>%{ticket.number}</b>. "
            + "If this does not answer it, reply to this mail.</p>" + Footer),
        "message.autoresp" => new(codeName, "Re: [#%{ticket.number}] %{ticket.subject}",
            "<p>Hello %{recipient.name.first},</p><p>your message was added to ticket <b>%{ticket.number}</b>.</p>" + Footer),
        "ticket.overlimit" => new(codeName, "You have as many open tickets as there may be",
            "<p>Hello %{ticket.name.first},</p><p>with ticket <b>%{ticket.number}</b> you have reached the number of tickets that may be "
            + "open at a time. New ones are taken once one of them is closed; replies to open tickets always are.</p>" + Footer),
        "ticket.alert" => new(codeName, "New ticket [#%{ticket.number}] %{ticket.subject}",
            "<p>%{ticket.name} &lt;%{ticket.email}&gt; opened ticket <b>%{ticket.number}</b> for %{ticket.dept.name}:</p>%{message}" + AgentLink),
        "message.alert" => new(codeName, "New message [#%{ticket.number}] %{ticket.subject}",
            "<p>%{poster.name} wrote on ticket <b>%{ticket.number}</b>:</p>%{message}" + AgentLink),
        "note.alert" => new(codeName, "New note [#%{ticket.number}] %{ticket.subject}",
            "<p>%{note.poster} added to ticket <b>%{ticket.number}</b>:</p>%{note.message}" + AgentLink),
        "assigned.alert" => new(codeName, "Assigned to you [#%{ticket.number}] %{ticket.subject}",
            "<p>Hello %{assignee.name.first},</p><p>ticket <b>%{ticket.number}</b> of %{ticket.name} &lt;%{ticket.email}&gt; was assigned "
            + "to you by %{assigner.name}.</p>%{comments}" + AgentLink),
        _ => null,
    };
}
