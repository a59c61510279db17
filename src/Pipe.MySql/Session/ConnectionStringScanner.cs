using System.Text;

namespace Pipe.MySql.Session;

/// <summary>Takes a connection string apart: <c>keyword=value;keyword="value";keyword='value'</c>.</summary>
/// <remarks>
/// The rules are those of <see cref="System.Data.Common.DbConnectionStringBuilder"/>, whose own parser brings regular
/// expressions and type descriptors into every process that opens a connection. No message repeats a value: it may be a password.
/// </remarks>
internal ref struct ConnectionStringScanner(string text)
{
    private readonly string _text = text;
    private int _position;

    public bool TryRead(out string keyword, out string value)
    {
        keyword = value = "";
        while (_position < _text.Length && (_text[_position] == ';' || char.IsWhiteSpace(_text[_position])))
            _position++;
        if (_position == _text.Length)
            return false;

        keyword = ReadKeyword();
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
        if (_position < _text.Length && _text[_position] is '"' or '\'')
        {
            value = ReadQuoted(keyword);
            return true;
        }

        var end = _text.IndexOf(';', _position);
        if (end < 0)
            end = _text.Length;
        value = _text[_position..end].TrimEnd();
        _position = end;
        return true;
    }

    /// <summary>The same connection string without its password.</summary>
    public static string WithoutPassword(string text)
    {
        var result = new StringBuilder(text.Length);
        var scanner = new ConnectionStringScanner(text);
        var start = 0;
        while (scanner.TryRead(out var keyword, out _))
        {
            if (ConnectionKeyword.Find(keyword) != ConnectionKeyword.Password)
                result.Append(text, start, scanner._position - start);
            start = scanner._position;
        }
        return result.ToString().TrimStart(';');
    }

    private string ReadKeyword()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] != '=')
        {
            if (_text[_position] == ';')
                throw Malformed(start);
            _position++;
        }
        if (_position == _text.Length)
            throw Malformed(start);
        return _text[start.._position++].Trim();
    }

    private string ReadQuoted(string keyword)
    {
        var quote = _text[_position++];
        var start = _position;
        while (_position < _text.Length)
        {
            if (_text[_position++] != quote)
                continue;
            if (_position < _text.Length && _text[_position] == quote)
            {
                _position++;
                continue;
            }

            var value = _text[start..(_position - 1)].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
                _position++;
            return _position == _text.Length || _text[_position] == ';' ? value : throw Malformed(start);
        }
        throw new ArgumentException($"The value of '{keyword}' in the connection string has no closing quote.");
    }

    private static ArgumentException Malformed(int position) =>
        new($"The connection string is not of the form keyword=value;keyword=value, at position {position}.");
}
