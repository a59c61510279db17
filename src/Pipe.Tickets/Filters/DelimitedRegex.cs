using System.Text.RegularExpressions;

namespace Pipe.Tickets.Filters;

/// <summary>A regular expression as PHP writes it: between delimiters, with letters for options behind them.</summary>
internal static class DelimitedRegex
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the expression matches; <c>null</c> when it is broken or takes too long.</summary>
    public static bool? IsMatch(string expression, string subject)
    {
        if (!TrySplit(expression.Trim(), out string pattern, out var options))
            return null;

        try
        {
            return Create(pattern, options).IsMatch(subject);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // The engine without backtracking is linear in the subject, which a stranger wrote; not every pattern fits it.
    private static Regex Create(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, TimeLimit);
        }
    }

    private static bool TrySplit(string expression, out string pattern, out RegexOptions options)
    {
        pattern = "";
        options = RegexOptions.CultureInvariant;
        if (expression.Length < 2 || char.IsAsciiLetterOrDigit(expression[0]) || expression[0] is '\\')
            return false;

        int end = expression.LastIndexOf(ClosingDelimiter(expression[0]));
        if (end <= 0)
            return false;

        pattern = expression[1..end];
        return TryReadOptions(expression.AsSpan(end + 1), ref pattern, ref options);
    }

    private static char ClosingDelimiter(char opening) => opening switch
    {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        _ => opening,
    };

    private static bool TryReadOptions(ReadOnlySpan<char> letters, ref string pattern, ref RegexOptions options)
    {
        foreach (char letter in letters)
        {
            switch (letter)
            {
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'm':
                    options |= RegexOptions.Multiline;
                    break;
                case 's':
                    options |= RegexOptions.Singleline;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                case 'A':
                    pattern = "\\A(?:" + pattern + ")";
                    break;
                case 'D' or 'u' or 'S' or 'U' or 'X' or 'J' or '\n' or '\r' or ' ':
                    break;      // no effect on whether there is a match, or .NET's own behaviour already
                default:
                    return false;
            }
        }

        return true;
    }
}
