using System.Globalization;
using System.Text;

namespace Pipe.Store.Sql;

/// <summary>Puts values that are harmless by what they are made of into a statement, which then need not be prepared first.</summary>
/// <remarks>
/// Harmless are NULL, whole numbers, and short texts of ASCII characters without apostrophe, backslash and control characters
/// other than white space: nothing in them ends a text in apostrophes, under any SQL mode. One value that is not, and
/// all of the statement's values are left to be parameters.
/// </remarks>
internal static class SqlLiterals
{
    private const int MaxTextLength = 2048;

    /// <summary>The statement with its values in it, or <c>null</c> when they have to be parameters.</summary>
    public static string? TryInsert(string sql, ReadOnlySpan<SqlArgument> arguments)
    {
        foreach (var (_, value) in arguments)
        {
            if (!IsHarmless(value))
                return null;
        }

        var text = new StringBuilder(sql.Length + (arguments.Length * 16));
        int at = 0;
        int next = 0;
        while (NextName(sql, at) is var (start, end) && start < sql.Length)
        {
            text.Append(sql, at, start - at);
            if (!TryAppend(text, sql.AsSpan(start + 1, end - start - 1), arguments, ref next))
                return null;
            at = end;
        }

        return text.Append(sql, at, sql.Length - at).ToString();
    }

    private static bool IsHarmless(object? value) => value switch
    {
        null or int or long => true,
        string { Length: <= MaxTextLength } text => IsPlain(text),
        _ => false,
    };

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is '\'' or '\\' or not (>= ' ' and <= '~' or '\n' or '\r' or '\t'))
                return false;
        }

        return true;
    }

    // "@name" outside of texts and quoted names; the length of the statement where there is none.
    private static (int Start, int End) NextName(string sql, int from)
    {
        for (int i = from; i < sql.Length; i++)
        {
            if (sql[i] is '\'' or '`')
            {
                int close = sql.IndexOf(sql[i], i + 1);
                i = close < 0 ? sql.Length : close;
            }
            else if (sql[i] == '@')
            {
                int end = i + 1;
                while (end < sql.Length && char.IsAsciiLetterOrDigit(sql[end]))
                    end++;
                return (i, end);
            }
        }

        return (sql.Length, sql.Length);
    }

    private static bool TryAppend(StringBuilder text, ReadOnlySpan<char> name, ReadOnlySpan<SqlArgument> arguments, ref int next)
    {
        // Mostly the arguments come in the order of their names.
        for (int i = 0; i < arguments.Length; i++, next++)
        {
            if (next >= arguments.Length)
                next = 0;
            var argument = arguments[next];
            if (!name.SequenceEqual(argument.Name))
                continue;
            _ = argument.Value switch
            {
                null => text.Append("NULL"),
                string value => text.Append('\'').Append(value).Append('\''),
                var number => text.Append(CultureInfo.InvariantCulture, $"{number}"),
            };
            return true;
        }

        return false;
    }
}
