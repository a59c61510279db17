using System.Globalization;
using Pipe.Tickets.Schedules;

namespace Pipe.Tickets.Tests.Schedules;

public sealed class WorkingHoursTests
{
    private static readonly Schedule MondayToFriday = new([.. Enumerable.Range(1, 5).Select(day => new ScheduleEntry
    {
        Repeats = "weekly",
        Day = day,
        StartsOn = new(2019, 1, 6 + day),
        StartsAt = new(8, 0),
        EndsAt = new(17, 0),
    })]);

    private static readonly Schedule Always = new([new ScheduleEntry { Repeats = "daily", StartsOn = new(2019, 1, 1) }]);

    [Theory]
    [InlineData("2026-11-22 09:09:59", 18, "2026-11-25 08:00:00")]      // seen in osTicket: met exactly, so the next opening
    [InlineData("2026-11-28 12:00:00", 18, "2026-12-01 17:00:00")]      // seen in osTicket: met exactly at a batch's end
    [InlineData("2025-03-05 10:00:00", 18, "2025-03-07 10:00:00")]
    [InlineData("2025-03-05 10:00:00", 2, "2025-03-05 12:00:00")]
    [InlineData("2025-03-07 16:00:00", 2, "2025-03-10 09:00:00")]
    [InlineData("2025-03-05 18:00:00", 1, "2025-03-06 09:00:00")]
    [InlineData("2025-03-05 06:00:00", 1, "2025-03-05 09:00:00")]
    [InlineData("2025-03-05 10:00:00", 0, "2025-03-05 10:00:00")]
    [InlineData("2025-03-05 10:00:00", 900, "2025-07-23 10:00:00")]     // twenty weeks of 45 hours
    public void Add_counts_only_the_hours_of_the_schedule(string start, double hours, string expected) =>
        Assert.Equal(Time(expected), WorkingHours.Add(Time(start), hours, MondayToFriday, []));

    [Fact]
    public void Add_around_the_clock_loses_a_second_per_midnight_as_osTicket_does() =>
        Assert.Equal(Time("2026-11-24 06:00:01"), WorkingHours.Add(Time("2026-11-23 12:00:00"), 18, Always, []));

    [Fact]
    public void Add_without_entries_counts_every_hour() =>
        Assert.Equal(Time("2025-03-06 04:00:00"), WorkingHours.Add(Time("2025-03-05 10:00:00"), 18, new([]), []));

    [Fact]
    public void Add_leaves_out_holidays()
    {
        var holidays = new Schedule([new ScheduleEntry { Repeats = "yearly", Month = 3, Day = 6, StartsOn = new(2019, 3, 6) }]);

        Assert.Equal(Time("2025-03-07 15:00:00"), WorkingHours.Add(Time("2025-03-05 10:00:00"), 14, MondayToFriday, [holidays]));
    }

    [Fact]
    public void Add_counts_the_rest_of_a_day_that_is_partly_off()
    {
        var holidays = new Schedule([new ScheduleEntry
        {
            Repeats = "never",
            StartsOn = new(2025, 3, 6),
            StartsAt = new(10, 0),
            EndsAt = new(12, 0),
        }]);

        // Wednesday 10 to 17 are 7 hours, Thursday has 2 before and 5 after.
        Assert.Equal(Time("2025-03-07 09:00:00"), WorkingHours.Add(Time("2025-03-05 10:00:00"), 15, MondayToFriday, [holidays]));
    }

    [Fact]
    public void Add_to_a_schedule_that_never_opens_ends() =>
        Assert.Equal(Time("2025-03-05 10:00:00"), WorkingHours.Add(
            Time("2025-03-05 10:00:00"), 18, new([new ScheduleEntry { Repeats = "sometimes" }]), []));

    [Fact]
    public void Add_where_every_day_is_a_holiday_ends()
    {
        var always = new Schedule([new ScheduleEntry { Repeats = "daily" }]);

        WorkingHours.Add(Time("2025-03-05 10:00:00"), 18, MondayToFriday, [always]);
    }

    [Theory]
    [InlineData("yearly", 1, 1, 9, "2025-09-01", true)]         // Labor Day in a month that begins with a Monday
    [InlineData("yearly", 1, 1, 9, "2025-09-08", false)]
    [InlineData("yearly", 1, -1, 5, "2025-05-26", true)]
    [InlineData("yearly", 4, 4, 11, "2025-11-27", true)]
    [InlineData("yearly", 25, null, 12, "2025-12-25", true)]
    [InlineData("monthly", 15, null, null, "2025-04-15", true)]
    [InlineData("monthly", 2, 2, null, "2025-04-08", true)]
    [InlineData("weekly", 7, null, null, "2025-04-06", true)]
    [InlineData("weekdays", null, null, null, "2025-04-05", false)]
    [InlineData("weekends", null, null, null, "2025-04-05", true)]
    [InlineData("daily", null, null, null, "2018-12-31", false)]
    public void HappensOn_follows_the_rule(string repeats, int? day, int? week, int? month, string date, bool expected)
    {
        var entry = new ScheduleEntry { Repeats = repeats, Day = day, Week = week, Month = month, StartsOn = new(2019, 1, 1) };

        Assert.Equal(expected, entry.HappensOn(DateOnly.Parse(date, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void HappensOn_ends_when_the_entry_stops()
    {
        var entry = new ScheduleEntry { Repeats = "daily", StopsOn = new(2025, 3, 1) };

        Assert.True(entry.HappensOn(new(2025, 3, 1)));
        Assert.False(entry.HappensOn(new(2025, 3, 2)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Nowhere/Land")]
    public void Find_of_an_unknown_zone_is_UTC(string? name) => Assert.Equal(TimeZoneInfo.Utc, TimeZones.Find(name));

    [Fact]
    public void Convert_moves_between_zones_and_over_the_hour_that_summer_time_skips()
    {
        var berlin = TimeZones.Find("Europe/Berlin");
        Assert.SkipWhen(berlin.Equals(TimeZoneInfo.Utc), "this system has no time zone data");

        Assert.Equal(Time("2025-03-05 11:00:00"), TimeZones.Convert(Time("2025-03-05 10:00:00"), TimeZoneInfo.Utc, berlin));
        Assert.Equal(Time("2025-07-05 12:00:00"), TimeZones.Convert(Time("2025-07-05 10:00:00"), TimeZoneInfo.Utc, berlin));
        Assert.Equal(Time("2025-03-30 01:30:00"), TimeZones.Convert(Time("2025-03-30 02:30:00"), berlin, TimeZoneInfo.Utc));
    }

    private static DateTime Time(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
