namespace Pipe.Store.Settings;

/// <summary>A ticket priority.</summary>
internal sealed record TicketPriority(int Id, string Description, int Urgency);
