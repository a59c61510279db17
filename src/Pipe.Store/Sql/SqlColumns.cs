using System.Text;

namespace Pipe.Store.Sql;

/// <summary>Fits statements to tables that lack some of their columns.</summary>
internal static class SqlColumns
{
    private const string Insert = "INSERT INTO $";
    private const string Values = "VALUES (";

    /// <summary>An INSERT of one row without the columns that the table lacks; any other statement as it is.</summary>
    /// <param name="sql">The statement, "$" before its table.</param>
    /// <param name="missing">The missing columns as "table.column".</param>
    public static string LeaveOut(string sql, IReadOnlySet<string> missing)
    {
        if (!sql.StartsWith(Insert, StringComparison.Ordinal))
            return sql;
        int open = sql.IndexOf('(', StringComparison.Ordinal);
        int values = sql.IndexOf(Values, StringComparison.Ordinal);
        if (open < 0 || values < open)
            return sql;

        string table = sql[Insert.Length..open].Trim();
        string[] columns = sql[(open + 1)..sql.IndexOf(')', open)].Split(',', StringSplitOptions.TrimEntries);
        int first = values + Values.Length;
        string[] row = sql[first..sql.IndexOf(')', first)].Split(',', StringSplitOptions.TrimEntries);
        if (row.Length != columns.Length || !Array.Exists(columns, column => missing.Contains($"{table}.{column.Trim('`')}")))
            return sql;

        var names = new StringBuilder();
        var kept = new StringBuilder();
        for (int i = 0; i < columns.Length; i++)
        {
            if (missing.Contains($"{table}.{columns[i].Trim('`')}"))
                continue;
            names.Append(names.Length == 0 ? "" : ", ").Append(columns[i]);
            kept.Append(kept.Length == 0 ? "" : ", ").Append(row[i]);
        }

        return $"{Insert}{table} ({names}) VALUES ({kept})";
    }
}
