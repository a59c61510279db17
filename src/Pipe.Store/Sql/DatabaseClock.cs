using System.Globalization;

namespace Pipe.Store.Sql;

/// <summary>The database's time at the moment a message is handled. All rows of the message carry it.</summary>
/// <param name="Now">In the database's own time zone, whole seconds.</param>
/// <param name="GlobalZone">The server's setting, such as "SYSTEM", "Europe/Paris" or "+02:00".</param>
/// <param name="SystemZone">The zone of the server's machine, such as "CEST".</param>
internal sealed record DatabaseClock(DateTime Now, string GlobalZone, string SystemZone)
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The time as a column value.</summary>
    public string Timestamp { get; } = ToColumn(Now);

    public static string ToColumn(DateTime time) => time.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>A column's time; <c>null</c> for NULL, the zero date and anything else that is none.</summary>
    public static DateTime? FromColumn(string? text) =>
        text is { Length: >= 19 } && DateTime.TryParseExact(
            text.AsSpan(0, 19), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
