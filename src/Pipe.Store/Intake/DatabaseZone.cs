using System.Globalization;
using Pipe.Tickets.Schedules;

namespace Pipe.Store.Intake;

/// <summary>The time zone that the database's times are in.</summary>
internal static class DatabaseZone
{
    private const string System = "SYSTEM";

    /// <summary>The zone by the installation's own setting, else by what the server says of itself.</summary>
    public static TimeZoneInfo Of(DatabaseClock clock, string setting)
    {
        string name = setting.Length > 0 ? setting
            : string.Equals(clock.GlobalZone, System, StringComparison.OrdinalIgnoreCase) ? clock.SystemZone
            : clock.GlobalZone;
        if (name.Length > 0 && name[0] is '+' or '-')
            return OfOffset(name);
        return TimeZones.Find(RegionOf(name));
    }

    private static TimeZoneInfo OfOffset(string offset) =>
        TimeSpan.TryParseExact(offset.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var value) && value != TimeSpan.Zero
            ? TimeZoneInfo.CreateCustomTimeZone(offset, offset[0] == '-' ? -value : value, offset, offset)
            : TimeZoneInfo.Utc;

    // A server tells its zone by the letters that its system's clock shows.
    private static string RegionOf(string name) => name.ToUpperInvariant() switch
    {
        "GMT" or "BST" => "Europe/London",
        "WET" or "WEST" => "Europe/Lisbon",
        "CET" or "CEST" => "Europe/Berlin",
        "EET" or "EEST" => "Europe/Helsinki",
        "MSK" => "Europe/Moscow",
        "EST" or "EDT" => "America/New_York",
        "CST" or "CDT" => "America/Chicago",
        "MST" or "MDT" => "America/Denver",
        "PST" or "PDT" => "America/Los_Angeles",
        "AKST" or "AKDT" => "America/Anchorage",
        "HST" => "Pacific/Honolulu",
        "IST" => "Asia/Kolkata",
        "JST" => "Asia/Tokyo",
        "AWST" => "Australia/Perth",
        "ACST" or "ACDT" => "Australia/Adelaide",
        "AEST" or "AEDT" => "Australia/Sydney",
        "NZST" or "NZDT" => "Pacific/Auckland",
        _ => name,
    };
}
