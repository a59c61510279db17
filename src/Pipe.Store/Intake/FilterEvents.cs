using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>Records what ticket filters wanted of a new ticket, whether or not it could be done.</summary>
internal sealed class FilterEvents(IntakeContext context, EventLog events, Assignees assignees)
{
    public void Write(TicketState ticket, IReadOnlyList<TicketFilter> matched)
    {
        foreach (var filter in matched)
        {
            foreach (var action in filter.Actions)
            {
                if (Describe(action) is not var (type, value))
                    continue;
                string json = value is null ? "false" : PhpJson.Quote(value);
                events.Write(
                    "edited", ticket, $"{{\"value\":{json},\"filter\":{PhpJson.Quote(filter.Name)},\"type\":\"{type}\"}}", EventLog.FilterName);
            }
        }
    }

    // What is shown for an action, and the name of its object; a name of null is an object that does not exist.
    private (string Type, string? Value)? Describe(FilterAction action)
    {
        int Id(string key) => JsonText.Int(action.Configuration, key);
        var catalog = context.Catalog;
        return action.Type switch
        {
            "dept" => ("Department", catalog.Department(Id("dept_id"))?.Name),
            "pri" => ("Priority", catalog.Priority(Id("priority"))?.Description),
            "sla" => ("SLA", catalog.Sla(Id("sla_id"))?.Name),
            "team" => ("Team", assignees.TeamName(Id("team_id"))),
            "agent" => ("Agent", assignees.AgentName(Id("staff_id"))),
            "topic" => ("Topic", catalog.Topic(Id("topic_id"))?.Name),
            "status" => ("Ticket Status", context.Settings.Status(Id("status_id"))?.Name),
            _ => null,
        };
    }
}
