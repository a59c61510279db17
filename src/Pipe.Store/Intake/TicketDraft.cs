using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>What a new ticket will be, decided before anything of it is written.</summary>
internal sealed record TicketDraft(
    int DeptId, HelpTopic? Topic, TicketPriority? Priority, TicketStatus DefaultStatus, TicketStatus Status, int SlaId, int StaffId, int TeamId)
{
    public int TopicId => Topic?.Id ?? 0;
}
