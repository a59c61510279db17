namespace Pipe.Tickets.Notifications;

public class ShortDateTests
{
    private static readonly DateTime Time = new(2025, 3, 5, 22, 7, 9);

    [Theory]
    [InlineData("en_US", "", "", "3/5/25 10:07\u202fPM")]
    [InlineData("en_US", "24", "", "3/5/25 22:07")]
    [InlineData("de", "", "", "05.03.25 22:07")]
    [InlineData("en_GB", "", "", "05/03/2025 22:07")]
    [InlineData("xx", "", "", "2025-03-05 22:07")]
    [InlineData("en_US", "custom", "MM/dd/y h:mm a", "03/05/2025 10:07 PM")]
    [InlineData("en_US", "custom", "EEE, MMM d y HH'h'mm ''", "Wed, Mar 5 2025 22h07 '")]
    public void Format_follows_the_help_desk(string language, string formats, string pattern, string expected)
    {
        var settings = new NotificationSettings(new Dictionary<string, string>
        {
            ["system_language"] = language,
            ["date_formats"] = formats,
            ["datetime_format"] = pattern,
        });

        Assert.Equal(expected, ShortDate.Format(Time, settings, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Format_shows_the_help_desks_clock_and_nothing_for_no_time()
    {
        var settings = new NotificationSettings(new Dictionary<string, string> { ["default_timezone"] = "Europe/Berlin", ["system_language"] = "de" });

        Assert.Equal("05.03.25 23:07", ShortDate.Format(Time, settings, TimeZoneInfo.Utc));
        Assert.Equal("", ShortDate.Format(null, settings, TimeZoneInfo.Utc));
    }
}
