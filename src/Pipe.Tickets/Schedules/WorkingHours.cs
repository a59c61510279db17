namespace Pipe.Tickets.Schedules;

/// <summary>Due dates that count only the hours in which the help desk works.</summary>
public static class WorkingHours
{
    private const int BatchDays = 3;
    private const int MaxBatches = 5000;

    /// <summary>The moment at which so many working hours have passed.</summary>
    /// <param name="start">The moment to count from, in the schedule's zone.</param>
    /// <param name="hours">The working hours to pass.</param>
    /// <param name="schedule">The business hours; without entries every hour counts.</param>
    /// <param name="holidays">The schedules of the days off.</param>
    /// <remarks>
    /// Counts as osTicket does, in batches of days: where the hours end exactly with a working day and the batch has another
    /// one, the result is the start of that one.
    /// </remarks>
    public static DateTime Add(DateTime start, double hours, Schedule schedule, IReadOnlyList<Schedule> holidays)
    {
        if (schedule.Entries.Count == 0)
            return start.AddHours(hours);

        var count = new Count(start, hours * 3600, holidays);
        var from = start;
        for (int i = 0; i < MaxBatches && !count.IsComplete; i++)
        {
            var batch = Batch(schedule, DateOnly.FromDateTime(from));
            if (batch.Count == 0)
                break;

            count.Take(batch);
            var lastDate = batch[^1].Date;
            from = DateOnly.FromDateTime(count.Reached) is var reached && batch.Exists(window => window.Date == reached)
                ? count.Reached.AddDays(1)
                : count.Reached;

            // A batch that moved nothing must not come again.
            if (DateOnly.FromDateTime(from) <= batch[0].Date)
                from = lastDate.AddDays(1).ToDateTime(TimeOnly.MinValue);
        }

        return count.Reached;
    }

    // The working days of the next 72 hours; where entries overlap, the first one in storage order gives the times.
    private static List<Window> Batch(Schedule schedule, DateOnly from)
    {
        var windows = new List<Window>();
        for (int day = 0; day <= BatchDays; day++)
        {
            var date = from.AddDays(day);
            foreach (var entry in schedule.Entries)
            {
                if (!entry.HappensOn(date))
                    continue;
                windows.Add(new(date, entry.StartsAt, entry.EndsAt));
                break;
            }
        }

        return windows;
    }

    private readonly record struct Window(DateOnly Date, TimeOnly Open, TimeOnly Close)
    {
        public double Seconds => (Close - Open).TotalSeconds;
    }

    private sealed class Count(DateTime start, double secondsNeeded, IReadOnlyList<Schedule> holidays)
    {
        private double _seconds;

        public DateTime Reached { get; private set; } = start;

        public bool IsComplete => _seconds >= secondsNeeded;

        public void Take(List<Window> batch)
        {
            foreach (var window in batch)
            {
                Take(window);
                if (_seconds > secondsNeeded)
                {
                    Reached = Reached.AddSeconds(secondsNeeded - _seconds);
                    return;
                }
            }
        }

        private void Take(Window window)
        {
            var (date, open, close) = window;
            bool isPartial = false;
            double lead = 0;
            if (DateOnly.FromDateTime(Reached) == date)
            {
                var time = TimeOnly.FromDateTime(Reached);
                if (time > close)
                    return;
                isPartial = time >= open;
            }
            else if (date.ToDateTime(close) < Reached)
            {
                return;
            }

            if (HolidayOn(date) is { } holiday)
            {
                Reached = date.ToDateTime(holiday.EndsAt);
                if ((holiday.EndsAt - holiday.StartsAt).TotalSeconds + 1 >= 86400)
                    return;
                isPartial = true;
                lead = Math.Max(0, (holiday.StartsAt.ToTimeSpan() - open.ToTimeSpan()).TotalSeconds);
            }

            _seconds += isPartial ? (close.ToTimeSpan() - Reached.TimeOfDay).TotalSeconds + lead : window.Seconds;
            Reached = date.ToDateTime(close);
        }

        private ScheduleEntry? HolidayOn(DateOnly date)
        {
            foreach (var schedule in holidays)
            {
                foreach (var entry in schedule.Entries)
                {
                    if (entry.HappensOn(date))
                        return entry;
                }
            }

            return null;
        }
    }
}
