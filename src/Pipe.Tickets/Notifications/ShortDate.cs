using System.Globalization;
using System.Text;
using Pipe.Tickets.Schedules;

namespace Pipe.Tickets.Notifications;

/// <summary>Dates in mails: the short form of the help desk's language, or the administrator's own.</summary>
internal static class ShortDate
{
    // The narrow blank is Unicode's own (CLDR) before AM and PM.
    private const string American = "M/d/yy h:mm\u202fa";

    /// <summary>A time of the database on the help desk's clock; empty for none.</summary>
    public static string Format(DateTime? time, NotificationSettings settings, TimeZoneInfo databaseZone)
    {
        if (time is not { } known)
            return "";

        var local = TimeZones.Convert(known, databaseZone, TimeZones.Find(settings.Text("default_timezone")));
        return Format(local, PatternOf(settings));
    }

    private static string PatternOf(NotificationSettings settings)
    {
        if (settings.Text("date_formats") == "custom" && settings.Text("datetime_format") is { Length: > 0 } custom)
            return custom;

        string pattern = ShortPatternOf(settings.Text("system_language"));
        return settings.Text("date_formats") == "24"
            ? pattern.Replace("h:mm\u202fa", "HH:mm", StringComparison.Ordinal)
            : pattern;
    }

    private static string ShortPatternOf(string language) => language.Replace('-', '_') switch
    {
        "" or "en" or "en_US" => American,
        "en_GB" or "fr" or "fr_FR" or "pt" or "pt_BR" or "pt_PT" or "it" or "es_MX" => "dd/MM/y HH:mm",
        "es" or "es_ES" => "d/M/yy H:mm",
        "de" or "de_DE" or "de_AT" or "ru" or "uk" or "tr" or "nb" or "fi" or "pl" or "cs" => "dd.MM.yy HH:mm",
        "nl" or "nl_NL" => "dd-MM-y HH:mm",
        _ => "y-MM-dd HH:mm",
    };

    // The letters of the patterns that the help desk's settings use (UTS #35): y, M, d, H, h, m, s, a, E and quoted text.
    private static string Format(DateTime time, string pattern)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length;)
        {
            char letter = pattern[i];
            if (letter == '\'')
            {
                int end = pattern.IndexOf('\'', i + 1);
                end = end < 0 ? pattern.Length : end;
                text.Append(end == i + 1 ? "'" : pattern[(i + 1)..end]);
                i = Math.Min(end + 1, pattern.Length);
                continue;
            }

            int count = 1;
            while (i + count < pattern.Length && pattern[i + count] == letter)
                count++;
            Append(text, time, letter, count);
            i += count;
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, DateTime time, char letter, int count)
    {
        var culture = CultureInfo.InvariantCulture;
        _ = letter switch
        {
            'y' => text.Append((count == 2 ? time.Year % 100 : time.Year).ToString(count == 2 ? "00" : "0", culture)),
            'M' when count >= 3 => text.Append(time.ToString(count == 3 ? "MMM" : "MMMM", culture)),
            'M' => Number(text, time.Month, count),
            'd' => Number(text, time.Day, count),
            'E' => text.Append(time.ToString(count < 4 ? "ddd" : "dddd", culture)),
            'H' => Number(text, time.Hour, count),
            'h' => Number(text, (time.Hour + 11) % 12 + 1, count),
            'm' => Number(text, time.Minute, count),
            's' => Number(text, time.Second, count),
            'a' => text.Append(time.Hour < 12 ? "AM" : "PM"),
            _ => text.Append(letter, count),
        };
    }

    private static StringBuilder Number(StringBuilder text, int number, int digits) =>
        text.Append(number.ToString(digits > 1 ? "00" : "0", CultureInfo.InvariantCulture));
}
