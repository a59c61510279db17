using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>What a thread belongs to.</summary>
/// <param name="Kind">T for a ticket, A for a task.</param>
/// <param name="Ticket">The ticket; for a task, a state that carries its thread and number.</param>
/// <param name="Status">The ticket's status; <c>null</c> for a task.</param>
/// <param name="ChildThreadId">The thread of the merged ticket that was named, where it is not the one written to; else 0.</param>
internal sealed record ThreadTarget(char Kind, TicketState Ticket, TicketStatus? Status, long ChildThreadId = 0)
{
    public bool IsTask => Kind == 'A';
}
