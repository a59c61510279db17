using System.Data.Common;
using System.Globalization;

namespace Pipe.Store.Sql;

/// <summary>The rows of a query, read forward once. Numbers and texts come out the same whatever the provider makes of a column.</summary>
internal sealed class SqlRows(DbCommand command, DbDataReader reader) : IDisposable
{
    public bool Read() => DriverFailure.Guard(reader, static reader => reader.Read());

    /// <summary>Goes on to the rows of the next statement of the same command.</summary>
    public void NextTable()
    {
        if (!DriverFailure.Guard(reader, static reader => reader.NextResult()))
            throw new StoreException("the database answered fewer statements than it was sent");
    }

    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>What the provider makes of a column; <c>null</c> for NULL.</summary>
    public object? Value(int column) => Get(column) is var value and not DBNull ? value : null;

    /// <summary>A whole number; 0 for NULL.</summary>
    public long Long(int column) => Get(column) switch
    {
        DBNull => 0,
        long number => number,
        string text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : 0,
        var number => Convert.ToInt64(number, CultureInfo.InvariantCulture),
    };

    /// <summary>An id or a small number; 0 for NULL.</summary>
    public int Int(int column) => unchecked((int)Long(column));

    public bool IsOn(int column) => Long(column) != 0;

    /// <summary>A text; empty for NULL.</summary>
    public string Text(int column) => TextOrNull(column) ?? "";

    public string? TextOrNull(int column) => Get(column) switch
    {
        DBNull => null,
        string text => text,
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public Stream Stream(int column) => reader.GetStream(column);

    public void Dispose()
    {
        reader.Dispose();
        command.Dispose();
    }

    private object Get(int column) => DriverFailure.Guard((reader, column), static cell => cell.reader.GetValue(cell.column));
}
