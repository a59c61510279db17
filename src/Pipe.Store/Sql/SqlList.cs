using System.Globalization;
using System.Text;

namespace Pipe.Store.Sql;

/// <summary>Statements with as many parameters as there are values.</summary>
internal static class SqlList
{
    /// <summary>"@x0,@x1,@x2" for three values of the name "x".</summary>
    public static string Names(string name, int count)
    {
        var names = new StringBuilder();
        for (int i = 0; i < count; i++)
            names.Append(i == 0 ? "@" : ",@").Append(name).Append(i);
        return names.ToString();
    }

    /// <summary>"(@x0,@y0),(@x1,@y1)" for two rows "(@x#,@y#)".</summary>
    public static string Rows(string row, int count)
    {
        var rows = new StringBuilder();
        for (int i = 0; i < count; i++)
            rows.Append(i == 0 ? "" : ",").Append(row.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return rows.ToString();
    }

    /// <summary>The arguments for <see cref="Names"/>.</summary>
    public static SqlArgument[] Arguments<T>(string name, IReadOnlyList<T> values)
    {
        var arguments = new SqlArgument[values.Count];
        for (int i = 0; i < values.Count; i++)
            arguments[i] = new(name + i.ToString(CultureInfo.InvariantCulture), values[i]);
        return arguments;
    }
}
