namespace Pipe.Tickets.Schedules;

/// <summary>A window of time that recurs. Times are those of the schedule's zone.</summary>
public sealed record ScheduleEntry
{
    /// <summary>How it recurs: never, daily, weekdays, weekends, weekly, monthly, yearly.</summary>
    public required string Repeats { get; init; }

    /// <summary>The first date it may happen on.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>When the window opens.</summary>
    public TimeOnly StartsAt { get; init; }

    /// <summary>When the window closes.</summary>
    public TimeOnly EndsAt { get; init; }

    /// <summary>The moment after which it happens no more, or <c>null</c>.</summary>
    public DateTime? StopsOn { get; init; }

    /// <summary>The weekday (1 Monday to 7 Sunday), or the day of the month where <see cref="Week"/> is not set.</summary>
    public int? Day { get; init; }

    /// <summary>Which of the month's weekdays is meant: 1 to 5, or -1 for the last.</summary>
    public int? Week { get; init; }

    /// <summary>The month, for yearly entries.</summary>
    public int? Month { get; init; }
}
