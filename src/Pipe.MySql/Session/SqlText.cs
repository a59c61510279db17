using System.Text;

namespace Pipe.MySql.Session;

/// <summary>A command's text as the server's prepared statements want it: a <c>?</c> for each parameter.</summary>
/// <param name="Sql">The text to prepare.</param>
/// <param name="Parameters">Index of the parameter that each <c>?</c> stands for.</param>
/// <param name="IsPlain">
/// True when there is no doubt how the server splits the text: no comment, and no backslash in a string, whose meaning
/// depends on the server's mode.
/// </param>
internal readonly record struct SqlText(string Sql, List<int> Parameters, bool IsPlain)
{
    /// <exception cref="InvalidOperationException">A parameter of the text is not in the collection.</exception>
    public static SqlText Parse(string sql, MySqlParameterCollection parameters, bool allowUserVariables, bool noBackslashEscapes)
    {
        var order = new List<int>();
        var result = new StringBuilder(sql.Length);
        var copied = 0;
        var positional = 0;
        var isPlain = true;
        for (var i = 0; i < sql.Length;)
        {
            switch (sql[i])
            {
                case '\'' or '"' or '`':
                    var end = SkipQuoted(sql, i, !noBackslashEscapes);
                    isPlain &= !sql.AsSpan(i, end - i).Contains('\\');
                    i = end;
                    break;
                case '#':
                    i = SkipLine(sql, i);
                    isPlain = false;
                    break;
                case '-' when IsDashComment(sql, i):
                    i = SkipLine(sql, i);
                    isPlain = false;
                    break;
                case '/' when i + 1 < sql.Length && sql[i + 1] == '*':
                    i = SkipComment(sql, i);
                    isPlain = false;
                    break;
                case '@' when i + 1 < sql.Length && sql[i + 1] == '@': // a system variable
                    i = SkipName(sql, i + 2);
                    break;
                case '@' or '?':
                    var nameEnd = SkipName(sql, i + 1);
                    var index = Find(sql, i, nameEnd, parameters, ref positional, allowUserVariables);
                    if (index >= 0)
                    {
                        result.Append(sql, copied, i - copied).Append('?');
                        copied = nameEnd;
                        order.Add(index);
                    }
                    i = nameEnd;
                    break;
                default:
                    i++;
                    break;
            }
        }
        return order.Count == 0 ? new(sql, order, isPlain) : new(result.Append(sql, copied, sql.Length - copied).ToString(), order, isPlain);
    }

    private static int Find(
        string sql, int start, int end, MySqlParameterCollection parameters, ref int positional, bool allowUserVariables)
    {
        if (end == start + 1)
        {
            if (sql[start] == '@') // @'user variable' in quotes
                return -1;
            return positional < parameters.Count
                ? positional++
                : throw new InvalidOperationException($"There are more ? in the command than its {parameters.Count} parameters.");
        }

        var index = parameters.Find(sql.AsSpan(start + 1, end - start - 1));
        return index >= 0 || (sql[start] == '@' && allowUserVariables)
            ? index
            : throw new InvalidOperationException(
                $"The parameter '{sql[start..end]}' is not defined. For a variable of the server set AllowUserVariables=true.");
    }

    private static int SkipQuoted(string sql, int start, bool backslashEscapes)
    {
        var quote = sql[start];
        for (var i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] == '\\' && backslashEscapes && quote != '`')
                i++;
            else if (sql[i] == quote)
                return i + 1;
        }
        return sql.Length;
    }

    // https://dev.mysql.com/doc/refman/8.4/en/comments.html: "-- " needs the blank or control character
    private static bool IsDashComment(string sql, int i) =>
        i + 1 < sql.Length && sql[i + 1] == '-' && (i + 2 == sql.Length || sql[i + 2] <= ' ');

    private static int SkipLine(string sql, int start)
    {
        var end = sql.IndexOf('\n', start);
        return end < 0 ? sql.Length : end + 1;
    }

    private static int SkipComment(string sql, int start)
    {
        // /*! and /*M! hold code for servers of some version; what is in them counts.
        var text = sql.AsSpan(start + 2);
        if (text is ['!', ..] or ['M', '!', ..])
            return start + 3;
        var end = sql.IndexOf("*/", start + 2, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + 2;
    }

    private static int SkipName(string sql, int start)
    {
        while (start < sql.Length && (char.IsLetterOrDigit(sql[start]) || sql[start] is '_' or '$' or '.' || sql[start] >= 0x80))
            start++;
        return start;
    }
}
