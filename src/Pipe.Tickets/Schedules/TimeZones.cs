namespace Pipe.Tickets.Schedules;

/// <summary>The time zones of the help desk's settings.</summary>
public static class TimeZones
{
    /// <summary>A zone by its IANA name; UTC when the name is empty or unknown, or the system has no zone data.</summary>
    public static TimeZoneInfo Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return TimeZoneInfo.Utc;

        return TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out var zone) ? zone : TimeZoneInfo.Utc;
    }

    /// <summary>The same moment on the clock of another zone; a time that a zone's clock skips is taken as if it had not.</summary>
    public static DateTime Convert(DateTime time, TimeZoneInfo from, TimeZoneInfo to)
    {
        var unspecified = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        var utc = new DateTimeOffset(unspecified, from.GetUtcOffset(unspecified));
        return TimeZoneInfo.ConvertTime(utc, to).DateTime;
    }
}
