namespace Pipe.Tickets.Schedules;

/// <summary>A window of time that recurs. Times are those of the schedule's zone.</summary>
public sealed record ScheduleEntry
{
    /// <summary>How it recurs: never, daily, weekdays, weekends, weekly, monthly, yearly. Anything else never happens.</summary>
    public required string Repeats { get; init; }

    /// <summary>The first date it may happen on; for one that does not repeat, its date.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>When the window opens.</summary>
    public TimeOnly StartsAt { get; init; }

    /// <summary>When the window closes.</summary>
    public TimeOnly EndsAt { get; init; } = new(23, 59, 59);

    /// <summary>The moment after which it happens no more, or <c>null</c>.</summary>
    public DateTime? StopsOn { get; init; }

    /// <summary>The weekday (1 Monday to 7 Sunday), or the day of the month where <see cref="Week"/> is not set.</summary>
    public int? Day { get; init; }

    /// <summary>Which of the month's weekdays is meant: 1 to 5, or -1 for the last.</summary>
    public int? Week { get; init; }

    /// <summary>The month, for yearly entries.</summary>
    public int? Month { get; init; }

    /// <summary>Whether it happens on a date.</summary>
    public bool HappensOn(DateOnly date)
    {
        if (date < StartsOn || date.ToDateTime(StartsAt) > StopsOn)
            return false;

        return Repeats switch
        {
            "never" => date == StartsOn,
            "daily" => true,
            "weekdays" => WeekdayOf(date) <= 5,
            "weekends" => WeekdayOf(date) > 5,
            "weekly" => WeekdayOf(date) == Day,
            "monthly" => HappensInMonthOn(date),
            "yearly" => date.Month == Month && HappensInMonthOn(date),
            _ => false,
        };
    }

    private bool HappensInMonthOn(DateOnly date) => Week is null or 0
        ? date.Day == Day
        : WeekdayOf(date) == Day
            && (Week < 0 ? date.Day + 7 > DateTime.DaysInMonth(date.Year, date.Month) : ((date.Day - 1) / 7) + 1 == Week);

    private static int WeekdayOf(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
}
