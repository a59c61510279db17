namespace Pipe.Tickets.Schedules;

/// <summary>Business hours or holidays (osTicket's tables <c>schedule</c> and <c>schedule_entry</c>).</summary>
/// <param name="Entries">The entries in storage order.</param>
public sealed record Schedule(IReadOnlyList<ScheduleEntry> Entries);
