using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Notifications;

/// <summary>Which agents an alert goes to, in order, each of them once.</summary>
internal sealed class AgentRecipients
{
    private readonly NotificationFacts _facts;
    private readonly TicketVariables _variables;
    private readonly HashSet<string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Addressee> _list = [];
    private readonly int _excludedAgent;

    private AgentRecipients(NotificationFacts facts, TicketVariables variables, NotificationCause cause)
    {
        _facts = facts;
        _variables = variables;
        _excludedAgent = cause.IsNote ? cause.PosterStaffId : 0;
    }

    /// <summary>For a new ticket: members, manager, account manager; the administrator last.</summary>
    public static IReadOnlyList<Addressee> ForNewTicket(NotificationFacts facts, TicketVariables variables, NotificationCause cause)
    {
        var recipients = new AgentRecipients(facts, variables, cause);
        var settings = facts.Settings;
        var ticket = facts.Ticket;
        if (cause.Mail is { IsAutoReply: true, Sender: { } sender })
            recipients._addresses.Add(sender.Address);

        if (HasAlertableMember(facts))
        {
            if (settings.IsOn("ticket_alert_dept_members") && ticket is { AgentId: 0, TeamId: 0 })
            {
                foreach (var agent in facts.Agents)
                {
                    if (IsAlertable(facts, agent) && agent.Id != facts.Department.ManagerId)
                        recipients.Add(agent);
                }
            }

            if (settings.IsOn("ticket_alert_dept_manager"))
                recipients.Add(facts.Department.ManagerId);
            if (settings.IsOn("ticket_alert_acct_manager"))
                recipients.AddAccountManager();
        }

        string administrator = settings.Text("admin_email").Trim();
        if (settings.IsOn("ticket_alert_admin") && administrator.Length > 0 && facts.Department.AlertScope != 2
            && recipients._addresses.Add(administrator))
        {
            recipients._list.Add(new Addressee(
                new Correspondent(administrator, ""), AddresseeClass.Several, 0, new TemplateValue.Plain("Admin")));
        }

        return recipients._list;
    }

    /// <summary>For a message on a ticket: last respondent, assignee, manager, account manager.</summary>
    public static IReadOnlyList<Addressee> ForMessage(NotificationFacts facts, TicketVariables variables, NotificationCause cause)
    {
        var recipients = new AgentRecipients(facts, variables, cause);
        var settings = facts.Settings;
        if (settings.IsOn("message_alert_laststaff"))
            recipients.Add(facts.LastRespondentId);
        if (settings.IsOn("message_alert_assigned"))
        {
            if (facts.Ticket.AgentId != 0)
                recipients.Add(facts.Ticket.AgentId);
            else
                recipients.AddTeam(facts.Ticket.TeamId);
        }

        if (settings.IsOn("message_alert_dept_manager"))
            recipients.Add(facts.Department.ManagerId);
        if (settings.IsOn("message_alert_acct_manager"))
            recipients.AddAccountManager();
        recipients.AddEmbeddedAdministrator(cause.Mail.Sender?.Address);
        return recipients._list;
    }

    /// <summary>For an agent's note or a canned reply: last respondent, assigned agent and team, manager; never the author.</summary>
    public static IReadOnlyList<Addressee> ForActivity(NotificationFacts facts, TicketVariables variables, NotificationCause cause)
    {
        var recipients = new AgentRecipients(facts, variables, cause);
        var settings = facts.Settings;
        if (!HasAlertableMember(facts))
            return recipients._list;

        if (settings.IsOn("note_alert_laststaff"))
            recipients.Add(facts.LastRespondentId);
        if (settings.IsOn("note_alert_assigned"))
        {
            recipients.Add(facts.Ticket.AgentId);
            recipients.AddTeam(facts.Ticket.TeamId);
        }

        if (settings.IsOn("note_alert_dept_manager"))
            recipients.Add(facts.Department.ManagerId);
        if (facts.Ticket.IsClosed)
            recipients._list.RemoveAll(recipient => facts.Agent((int)recipient.Id) is not { HasAccess: true });
        return recipients._list;
    }

    /// <summary>For an assignment: the agent; or, where there is none, the team's members or its lead.</summary>
    public static IReadOnlyList<Addressee> ForAssignment(NotificationFacts facts, TicketVariables variables, NotificationCause cause)
    {
        var recipients = new AgentRecipients(facts, variables, cause);
        if (!HasAlertableMember(facts))
            return recipients._list;

        if (cause.AgentWasAssigned && facts.Ticket.AgentId != 0)
        {
            if (facts.Settings.IsOn("assigned_alert_staff"))
                recipients.Add(facts.Ticket.AgentId);
        }
        else if (cause.TeamWasAssigned && facts.Team(facts.Ticket.TeamId) is { IsEnabled: true, WantsAlerts: true } team)
        {
            if (facts.Settings.IsOn("assigned_alert_team_members") && team.AlertedMembers.Count > 0)
                recipients.AddTeam(team.Id);
            else if (facts.Settings.IsOn("assigned_alert_team_lead"))
                recipients.Add(team.LeadId);
        }

        return recipients._list;
    }

    private static bool HasAlertableMember(NotificationFacts facts)
    {
        foreach (var agent in facts.Agents)
        {
            if (IsAlertable(facts, agent))
                return true;
        }

        return false;
    }

    private static bool IsAlertable(NotificationFacts facts, Agent agent) => agent.IsAvailable && facts.Department.AlertScope switch
    {
        1 => agent.IsPrimaryMember || agent.IsAlertedMember,
        2 => false,
        _ => agent.IsPrimaryMember,
    };

    // An embedded store has no agents; its administrator is the one who answers, and knows what he has written himself.
    private void AddEmbeddedAdministrator(string? sender)
    {
        string administrator = _facts.Settings.Text("admin_email").Trim();
        if (string.Equals(administrator, sender, StringComparison.OrdinalIgnoreCase))
            return;
        if (_facts.Agents.Count == 0 && _facts.Settings.IsOn("message_alert_admin") && _addresses.Add(administrator))
            _list.Add(new Addressee(new Correspondent(administrator, ""), AddresseeClass.Several, 0, new TemplateValue.Plain("Admin")));
    }

    private void AddAccountManager()
    {
        string manager = _facts.Ticket.AccountManager;
        if (manager.Length < 2 || !int.TryParse(manager.AsSpan(1), out int id))
            return;
        if (manager[0] == 's')
            Add(id);
        else if (manager[0] == 't')
            AddTeam(id);
    }

    private void AddTeam(int teamId)
    {
        if (_facts.Team(teamId) is not { } team)
            return;
        foreach (int member in team.AlertedMembers)
            Add(member);
    }

    private void Add(int agentId)
    {
        if (agentId != 0 && _facts.Agent(agentId) is { } agent)
            Add(agent);
    }

    private void Add(Agent agent)
    {
        if (!agent.IsAvailable || agent.Address.Length == 0 || agent.Id == _excludedAgent || !_addresses.Add(agent.Address))
            return;
        _list.Add(new Addressee(
            _variables.ShownAgent(agent), AddresseeClass.Agent, agent.Id, _variables.Agent(agent)));
    }
}
