using System.Globalization;
using System.Net;
using System.Text;
using Pipe.Store.People;

namespace Pipe.Store.Intake;

/// <summary>Fills the variables of a canned response, such as <c>%{ticket.number}</c>. Each value is escaped: it may come from mail.</summary>
internal sealed class TicketVariables(IntakeContext context, TicketState ticket, KnownUser owner)
{
    private const string Open = "%{";

    /// <summary>The text with the known variables replaced, each once; others stay as they are.</summary>
    public string Expand(string text)
    {
        var expanded = new StringBuilder(text.Length);
        int at = 0;
        int start;
        while ((start = text.IndexOf(Open, at, StringComparison.Ordinal)) >= 0)
        {
            int end = text.IndexOf('}', start);
            if (end < 0)
                break;
            expanded.Append(text, at, start - at);
            string? value = Value(text[(start + Open.Length)..end]);
            if (value is null)
                expanded.Append(text, start, end + 1 - start);
            else
                expanded.Append(WebUtility.HtmlEncode(value));
            at = end + 1;
        }

        return expanded.Append(text, at, text.Length - at).ToString();
    }

    private string? Value(string name) => name switch
    {
        "url" => context.Settings.Text("helpdesk_url").TrimEnd('/'),
        "ticket.id" => ticket.Id.ToString(CultureInfo.InvariantCulture),
        "ticket.number" => ticket.Number,
        "ticket.subject" => context.Mail.Subject,
        "ticket.name" or "ticket.name.full" or "ticket.user" or "ticket.user.name" or "recipient.name" => owner.Name,
        "ticket.name.first" or "ticket.user.name.first" or "recipient.name.first" => owner.Name.Split(' ')[0],
        "ticket.name.last" or "ticket.user.name.last" or "recipient.name.last" => owner.Name[(owner.Name.LastIndexOf(' ') + 1)..],
        "ticket.email" or "recipient.email" => owner.DefaultAddress ?? "",
        "ticket.dept" or "ticket.dept.name" => context.Catalog.Department(ticket.DeptId)?.Name ?? "",
        "ticket.topic" or "ticket.topic.name" => context.Catalog.Topic(ticket.TopicId)?.Name ?? "",
        "ticket.status" => context.Settings.Status(ticket.StatusId)?.Name ?? "",
        "ticket.sla" or "ticket.sla.name" => context.Catalog.Sla(ticket.SlaId)?.Name ?? "",
        "ticket.source" => "Email",
        _ => null,
    };
}
