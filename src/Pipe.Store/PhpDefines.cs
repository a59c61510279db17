using System.Text;

namespace Pipe.Store;

/// <summary>Reads the constants that a PHP file defines, without running it.</summary>
/// <remarks>
/// Understood: <c>define('NAME', value)</c> and <c>const NAME = value;</c> where the value is a quoted string, a number,
/// TRUE, FALSE, NULL, a constant defined before, or several of these joined by dots. The first definition of a name counts.
/// Comments are skipped. A value that is anything else (a function call) leaves the constant undefined.
/// </remarks>
internal sealed class PhpDefines
{
    private readonly string _source;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string _folder;
    private int _at;

    private PhpDefines(string source, string path)
    {
        _source = source;
        _folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
    }

    /// <summary>The constants of a source text; <paramref name="path"/> stands for <c>__FILE__</c> and <c>__DIR__</c>.</summary>
    public static Dictionary<string, string> Read(string source, string path)
    {
        var reader = new PhpDefines(source, path);
        reader.ReadAll();
        return reader._values;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            if (SkipComment())
                continue;
            char c = _source[_at];
            if (c is '\'' or '"')
                TryReadString(out _);
            else if (!IsNameCharacter(c))
                _at++;
            else
                ReadStatement(ReadName());
        }
    }

    private void ReadStatement(string word)
    {
        int start = _at;
        string? name = null;
        if (string.Equals(word, "define", StringComparison.OrdinalIgnoreCase) && TakeCharacter('(') && TryReadString(out string defined) && TakeCharacter(','))
            name = defined;
        else if (string.Equals(word, "const", StringComparison.OrdinalIgnoreCase) && PeekName() is { } declared && TakeCharacter('='))
            name = declared;

        if (name is null)
            _at = start;
        else if (TryReadExpression(out string value))
            _values.TryAdd(name, value);
    }

    private string? PeekName()
    {
        SkipBlanks();
        return _at < _source.Length && IsNameCharacter(_source[_at]) ? ReadName() : null;
    }

    private bool TryReadExpression(out string value)
    {
        var joined = new StringBuilder();
        value = "";
        do
        {
            if (!TryReadTerm(out string term))
                return false;
            joined.Append(term);
        }
        while (TakeCharacter('.'));

        SkipBlanks();
        value = joined.ToString();
        return _at < _source.Length && _source[_at] is ')' or ',' or ';';
    }

    private bool TryReadTerm(out string value)
    {
        value = "";
        SkipBlanks();
        if (_at >= _source.Length)
            return false;
        char c = _source[_at];
        if (c is '\'' or '"')
            return TryReadString(out value);
        if (char.IsAsciiDigit(c) || c == '-')
        {
            int start = _at++;
            while (_at < _source.Length && char.IsAsciiDigit(_source[_at]))
                _at++;
            value = _source[start.._at];
            return true;
        }

        return IsNameCharacter(c) && TryResolve(ReadName(), out value);
    }

    private bool TryResolve(string name, out string value)
    {
        value = name.ToUpperInvariant() switch
        {
            "TRUE" => "1",
            "FALSE" or "NULL" => "",
            "__DIR__" => _folder,
            "DIRECTORY_SEPARATOR" => "/",
            _ => _values.GetValueOrDefault(name, "\0"),
        };
        return value != "\0";
    }

    private bool TryReadString(out string value)
    {
        value = "";
        SkipBlanks();
        if (_at >= _source.Length || _source[_at] is not ('\'' or '"'))
            return false;
        char quote = _source[_at++];
        var text = new StringBuilder();
        while (_at < _source.Length && _source[_at] != quote)
        {
            if (_source[_at] != '\\' || _at + 1 >= _source.Length)
                text.Append(_source[_at++]);
            else if (quote == '\'')
                AppendSingleQuotedEscape(text);
            else
                AppendDoubleQuotedEscape(text);
        }

        if (_at >= _source.Length)
            return false;
        _at++;
        value = text.ToString();
        return true;
    }

    // Only the quote and the backslash are escapes there; any other backslash is itself.
    private void AppendSingleQuotedEscape(StringBuilder text)
    {
        if (_source[_at + 1] is '\'' or '\\')
            _at++;
        text.Append(_source[_at++]);
    }

    private void AppendDoubleQuotedEscape(StringBuilder text)
    {
        _at++;
        char c = _source[_at++];
        switch (c)
        {
            case 'n':
                text.Append('\n');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 'v':
                text.Append('\v');
                break;
            case 'f':
                text.Append('\f');
                break;
            case 'e':
                text.Append('\u001b');
                break;
            case '$' or '"' or '\\':
                text.Append(c);
                break;
            case 'x' when _at < _source.Length && char.IsAsciiHexDigit(_source[_at]):
                text.Append((char)ReadNumber(16, 2));
                break;
            case >= '0' and <= '7':
                _at--;
                text.Append((char)(ReadNumber(8, 3) & 0xff));
                break;
            default:
                text.Append('\\').Append(c);
                break;
        }
    }

    private int ReadNumber(int radix, int maxDigits)
    {
        int number = 0;
        for (int i = 0; i < maxDigits && _at < _source.Length; i++)
        {
            char c = _source[_at];
            if (!char.IsAsciiHexDigit(c) || (radix == 8 && c is < '0' or > '7'))
                break;
            number = (number * radix) + Convert.ToInt32(c.ToString(), 16);
            _at++;
        }

        return number;
    }

    private string ReadName()
    {
        int start = _at;
        while (_at < _source.Length && IsNameCharacter(_source[_at]))
            _at++;
        return _source[start.._at];
    }

    private bool TakeCharacter(char c)
    {
        SkipBlanks();
        if (_at >= _source.Length || _source[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _source.Length)
        {
            if (char.IsWhiteSpace(_source[_at]))
                _at++;
            else if (!SkipComment())
                return;
        }
    }

    private bool SkipComment()
    {
        if (_source[_at] == '#' || _source.AsSpan(_at).StartsWith("//"))
        {
            int end = _source.AsSpan(_at).IndexOfAny('\r', '\n');
            _at = end < 0 ? _source.Length : _at + end;
            return true;
        }

        if (!_source.AsSpan(_at).StartsWith("/*"))
            return false;
        int close = _source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = close < 0 ? _source.Length : close + 2;
        return true;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or > '\u007f';
}
