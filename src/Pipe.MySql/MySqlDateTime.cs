using System.Globalization;

namespace Pipe.MySql;

/// <summary>A date and time as the server stores it, which includes <c>0000-00-00</c> and days such as <c>2025-02-00</c>.</summary>
/// <param name="Year">0 to 9999.</param>
/// <param name="Month">0 to 12.</param>
/// <param name="Day">0 to 31.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 59.</param>
/// <param name="Microsecond">0 to 999999.</param>
public readonly record struct MySqlDateTime(int Year, int Month, int Day, int Hour, int Minute, int Second, int Microsecond)
{
    /// <summary>Takes the value of a <see cref="DateTime"/>, to the microsecond.</summary>
    public MySqlDateTime(DateTime value)
        : this(value.Year, value.Month, value.Day, value.Hour, value.Minute, value.Second, (int)(value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond))
    {
    }

    /// <summary>True when the value is a day of the calendar, so that <see cref="GetDateTime"/> can return it.</summary>
    public bool IsValidDateTime =>
        Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month)
        && Hour is >= 0 and < 24 && Minute is >= 0 and < 60 && Second is >= 0 and < 60 && Microsecond is >= 0 and < 1_000_000;

    /// <summary>The value as a <see cref="DateTime"/>.</summary>
    /// <exception cref="MySqlConversionException">There is no such day.</exception>
    public DateTime GetDateTime() => IsValidDateTime
        ? new DateTime(Year, Month, Day, Hour, Minute, Second).AddTicks(Microsecond * TimeSpan.TicksPerMicrosecond)
        : throw new MySqlConversionException($"{this} is no DateTime: use ConvertZeroDateTime or AllowZeroDateTime.");

    /// <summary>The value in the server's notation.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00} {Hour:00}:{Minute:00}:{Second:00}.{Microsecond:000000}");
}
