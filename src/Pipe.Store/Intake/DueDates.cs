using Pipe.Store.Settings;
using Pipe.Tickets.Schedules;

namespace Pipe.Store.Intake;

/// <summary>Estimates when tickets are due.</summary>
internal sealed class DueDates(IntakeContext context)
{
    private const double SecondsPerHour = 3600;

    /// <summary>The due date as a column value, counted from now; <c>null</c> where no agreement is in force.</summary>
    public string? FromNow(int slaId, int deptId)
    {
        if (context.Catalog.Sla(slaId) is not { IsActive: true } sla)
            return null;
        return DatabaseClock.ToColumn(Add(context.Clock.Now, sla, context.Catalog.Department(deptId)));
    }

    private DateTime Add(DateTime start, Sla sla, Department? department)
    {
        if (FindSchedule(department?.ScheduleId ?? 0, sla.ScheduleId, context.Settings.Number("schedule_id")) is not { } schedule)
            return start.AddSeconds(sla.GraceHours * SecondsPerHour);

        var databaseZone = DatabaseZone.Of(context.Clock, context.Settings.Text("db_timezone"));
        var scheduleZone = TimeZones.Find(schedule.TimeZone.Length > 0 ? schedule.TimeZone : context.Settings.Text("default_timezone"));
        var due = WorkingHours.Add(
            TimeZones.Convert(start, databaseZone, scheduleZone), sla.GraceHours, schedule.Schedule, Holidays(schedule.Id));
        return TimeZones.Convert(due, scheduleZone, databaseZone);
    }

    private StoredSchedule? FindSchedule(params ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if (context.Catalog.Schedule(id) is { IsBusinessHours: true } schedule)
                return schedule.Schedule.Entries.Count > 0 ? schedule : null;
        }

        return null;
    }

    private List<Schedule> Holidays(int scheduleId)
    {
        var holidays = new List<Schedule>();
        foreach (int id in JsonText.Ints(context.Settings.ScheduleConfiguration(scheduleId), "holidays"))
        {
            if (context.Catalog.Schedule(id) is { } schedule)
                holidays.Add(schedule.Schedule);
        }

        return holidays;
    }
}
