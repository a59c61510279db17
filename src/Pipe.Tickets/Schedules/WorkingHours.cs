namespace Pipe.Tickets.Schedules;

/// <summary>Due dates that count only the hours in which the help desk works.</summary>
public static class WorkingHours
{
    /// <summary>The moment at which so many working hours have passed.</summary>
    /// <param name="start">The moment to count from, in the schedule's zone.</param>
    /// <param name="hours">The working hours to pass.</param>
    /// <param name="schedule">The business hours; without entries every hour counts.</param>
    /// <param name="holidays">The schedules of the days off.</param>
    public static DateTime Add(DateTime start, double hours, Schedule schedule, IReadOnlyList<Schedule> holidays) =>
        throw new NotSupportedException($"{start}{hours}{schedule}{holidays}");
}
