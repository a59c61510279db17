using Pipe.Store.People;
using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>Decides department, topic, priority, status, agreement and assignment of a new ticket.</summary>
internal sealed class TicketDrafting(IntakeContext context)
{
    public TicketDraft Draft(FilterOutcome filters, Organization? organization)
    {
        var mailbox = context.Mailbox;
        var topic = Topic(filters, mailbox);
        int deptId = DeptId(filters, mailbox, topic);
        var defaultStatus = context.Settings.Status(context.Settings.DefaultStatusId)
            ?? throw new StoreException("the default ticket status does not exist") { Cause = DeferralCause.Configuration };
        var status = Status(filters, topic, defaultStatus);
        var (staffId, teamId) = Assignment(filters, topic, organization);
        return new TicketDraft(
            deptId, topic, Priority(filters, mailbox, topic), defaultStatus, status, SlaId(filters, topic, deptId), staffId, teamId);
    }

    private HelpTopic? Topic(FilterOutcome filters, SystemMailbox? mailbox)
    {
        if (context.Catalog.Topic(filters.TopicId) is { } byFilter)
            return byFilter;
        return context.Catalog.Topic(mailbox?.TopicId ?? 0) is { IsActive: true } byMailbox
            ? byMailbox
            : context.Catalog.Topic(context.Settings.Number("default_help_topic"));
    }

    private int DeptId(FilterOutcome filters, SystemMailbox? mailbox, HelpTopic? topic)
    {
        int fallback = context.Settings.Number("default_dept_id");
        int first = filters.DeptId != 0 ? filters.DeptId : mailbox?.DeptId ?? 0;
        if (first != 0)
            return context.Catalog.Department(first) is { IsActive: true } ? first : fallback;
        return topic is { DeptId: > 0 } ? topic.DeptId : fallback;
    }

    private TicketPriority? Priority(FilterOutcome filters, SystemMailbox? mailbox, HelpTopic? topic)
    {
        var byHeader = context.Settings.IsOn("use_email_priority") && context.Mail.Urgency is { } urgency
            ? context.Catalog.PriorityOf(urgency)
            : null;
        return context.Catalog.Priority(filters.PriorityId)
            ?? byHeader
            ?? context.Catalog.Priority(mailbox?.PriorityId ?? 0)
            ?? context.Catalog.Priority(topic?.PriorityId ?? 0)
            ?? context.Catalog.Priority(context.Settings.Number("default_priority_id"));
    }

    // A status that is neither open nor closed is none to begin with; a closed one needs a topic where the settings say so.
    private TicketStatus Status(FilterOutcome filters, HelpTopic? topic, TicketStatus defaultStatus)
    {
        int id = filters.StatusId != 0 ? filters.StatusId : topic?.StatusId ?? 0;
        var status = context.Settings.Status(id);
        if (status is null || status.Id == defaultStatus.Id)
            return defaultStatus;
        bool isPossible = status.IsOpen || (status.IsClosed && (topic is not null || !context.Settings.IsOn("require_topic_to_close")));
        return isPossible ? status : defaultStatus;
    }

    private int SlaId(FilterOutcome filters, HelpTopic? topic, int deptId)
    {
        int id = filters.SlaId != 0 ? filters.SlaId
            : topic is { SlaId: > 0 } ? topic.SlaId
            : context.Catalog.Department(deptId) is { SlaId: > 0 } department ? department.SlaId
            : context.Settings.Number("default_sla_id");
        return context.Catalog.Sla(id)?.Id ?? 0;
    }

    private static (int StaffId, int TeamId) Assignment(FilterOutcome filters, HelpTopic? topic, Organization? organization)
    {
        int staffId = filters.StaffId;
        int teamId = filters.TeamId;
        bool byTopic = staffId == 0 && topic is { StaffId: > 0 };
        if (byTopic)
            staffId = topic!.StaffId;
        if (teamId == 0 && !byTopic)
            teamId = topic?.TeamId ?? 0;
        if (organization is { AssignsAccountManager: true })
        {
            staffId = staffId != 0 ? staffId : organization.ManagingAgentId;
            teamId = teamId != 0 ? teamId : organization.ManagingTeamId;
        }

        return (staffId, teamId);
    }
}
