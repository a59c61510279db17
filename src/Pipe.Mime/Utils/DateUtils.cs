using System.Globalization;
using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Dates of messages (RFC 5322 section 3.3).</summary>
public static class DateUtils
{
    private static readonly string[] Months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] WeekDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>Writes a date as RFC 5322 has it.</summary>
    public static string FormatDate(DateTimeOffset date)
    {
        int minutes = (int)date.Offset.TotalMinutes;
        int absolute = Math.Abs(minutes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{WeekDays[(int)date.DayOfWeek]}, {date.Day:00} {Months[date.Month - 1]} {date.Year:0000} {date.Hour:00}:{date.Minute:00}:{date.Second:00} {(minutes < 0 ? '-' : '+')}{absolute / 60:00}{absolute % 60:00}");
    }

    /// <summary>Reads a date, the forms found in the wild included.</summary>
    public static bool TryParse(string text, out DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(Encoding.UTF8.GetBytes(text).AsSpan(), out date);
    }

    /// <summary>Reads a date, the forms found in the wild included.</summary>
    public static bool TryParse(byte[] buffer, out DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return TryParse(buffer.AsSpan(), out date);
    }

    /// <summary>Reads a date, the forms found in the wild included.</summary>
    public static bool TryParse(byte[] buffer, int startIndex, out DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return TryParse(buffer.AsSpan(startIndex), out date);
    }

    /// <summary>Reads a date, the forms found in the wild included.</summary>
    public static bool TryParse(byte[] buffer, int startIndex, int length, out DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return TryParse(buffer.AsSpan(startIndex, length), out date);
    }

    /// <summary>Reads a date, the forms found in the wild included.</summary>
    /// <exception cref="FormatException">It is no date.</exception>
    public static DateTimeOffset Parse(string text) => TryParse(text, out var date)
        ? date
        : throw new FormatException("The text is no date.");

    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date) =>
        new DateReader(text).TryRead(out date);
}
