namespace Pipe.Tickets.Notifications;

/// <summary>Texts of the help desk that become entries of a ticket, such as canned responses.</summary>
public static class TicketText
{
    /// <summary>Puts the ticket's values into a text of HTML, written to its owner. Each value is escaped: it may come from mail.</summary>
    /// <remarks>The names are those of the mails' templates; a name that nothing is known by stays as it is.</remarks>
    public static string Expand(string text, NotificationFacts facts)
    {
        var variables = new TicketVariables(facts);
        var scope = variables.Common();
        scope["recipient"] = variables.Owner();
        return new TemplateExpander(scope).ToHtml(text);
    }
}
