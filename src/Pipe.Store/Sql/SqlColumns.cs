using System.Text;

namespace Pipe.Store.Sql;

/// <summary>Fits statements to tables that lack some of their columns.</summary>
internal static class SqlColumns
{
    private const string Insert = "INSERT INTO $";
    private const string Values = "VALUES (";

    /// <summary>An INSERT of rows without the columns that the table lacks; any other statement as it is.</summary>
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
        string[] columns = Elements(sql, open, out _);
        bool[] isMissing = Array.ConvertAll(columns, column => missing.Contains($"{table}.{column.Trim('`')}"));
        if (!Array.Exists(isMissing, static missing => missing))
            return sql;

        var fitted = new StringBuilder(Insert).Append(table).Append(" (");
        AppendKept(fitted, columns, isMissing);
        fitted.Append(") VALUES ");
        for (int at = values + Values.Length - 1; at >= 0 && at < sql.Length;)
        {
            string[] row = Elements(sql, at, out int end);
            if (row.Length != columns.Length)
                return sql;
            fitted.Append('(');
            AppendKept(fitted, row, isMissing);
            fitted.Append(')');
            at = sql.IndexOf('(', end);
            if (at >= 0)
                fitted.Append(',');
        }

        return fitted.ToString();
    }

    private static string[] Elements(string sql, int open, out int end)
    {
        end = sql.IndexOf(')', open);
        return sql[(open + 1)..end].Split(',', StringSplitOptions.TrimEntries);
    }

    private static void AppendKept(StringBuilder sql, string[] elements, bool[] isMissing)
    {
        bool isFirst = true;
        for (int i = 0; i < elements.Length; i++)
        {
            if (isMissing[i])
                continue;
            sql.Append(isFirst ? "" : ", ").Append(elements[i]);
            isFirst = false;
        }
    }
}
