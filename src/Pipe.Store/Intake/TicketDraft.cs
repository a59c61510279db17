using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>What a new ticket will be, decided before anything of it is written.</summary>
internal sealed record TicketDraft(
    int DeptId, HelpTopic? Topic, TicketPriority? Priority, TicketStatus DefaultStatus, TicketStatus Status, int SlaId, int StaffId, int TeamId)
{
    public int TopicId => Topic?.Id ?? 0;

    /// <summary>Whether the ticket is switched to a closed status; a closed default status counts as none of anybody's doing.</summary>
    public bool IsClosedAtOnce => Status.IsClosed && Status.Id != DefaultStatus.Id;
}
