using Pipe.Tickets.Schedules;

namespace Pipe.Store.Settings;

/// <summary>A schedule with its zone; an empty zone is the help desk's.</summary>
internal sealed record StoredSchedule(int Id, int Flags, string TimeZone, Schedule Schedule)
{
    public bool IsBusinessHours => (Flags & 1) != 0;
}
