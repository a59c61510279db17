using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>Takes the text, or the HTML that Outlook put into it (MS-OXRTFEX), out of Rich Text Format.</summary>
internal sealed class RichTextFormat
{
    private const int MaxDepth = 1000;

    // What groups of these names hold is no text.
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl", "headerr", "footerl", "footerr",
        "footnote", "themedata", "listtable", "listoverridetable", "generator", "xmlnstbl", "fldinst", "datastore", "rsidtbl",
    };

    private readonly byte[] _source;
    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];
    private readonly Stack<State> _states = new();
    private State _state = new(IsHidden: false, IsForRtf: false, Fallback: 1);
    private Encoding? _encoding = Charsets.Find("windows-1252");
    private bool _isHtml;
    private int _next;
    private int _skip;

    private RichTextFormat(byte[] source) => _source = source;

    /// <param name="IsHidden">Whether text is left out.</param>
    /// <param name="IsForRtf">Whether text is only for readers of RTF, where there is HTML.</param>
    /// <param name="Fallback">How many characters stand for one of Unicode to readers that do not know Unicode.</param>
    private readonly record struct State(bool IsHidden, bool IsForRtf, int Fallback);

    /// <summary>The text of a document, and whether it is HTML.</summary>
    public static (string Text, bool IsHtml) Read(byte[] source)
    {
        var reader = new RichTextFormat(source);
        reader.Read();
        return (reader._text.ToString(), reader._isHtml);
    }

    private void Read()
    {
        while (_next < _source.Length && _states.Count < MaxDepth)
        {
            byte b = _source[_next++];
            switch (b)
            {
                case (byte)'{':
                    _states.Push(_state);
                    break;
                case (byte)'}':
                    Flush();
                    if (_states.TryPop(out var outer))
                        _state = outer;
                    break;
                case (byte)'\\':
                    ReadControl();
                    break;
                case (byte)'\r' or (byte)'\n':
                    break;
                default:
                    Append(b);
                    break;
            }
        }

        Flush();
    }

    private void ReadControl()
    {
        if (_next >= _source.Length)
            return;
        char c = (char)_source[_next];
        if (!char.IsAsciiLetter(c))
        {
            _next++;
            ReadSymbol(c);
            return;
        }

        int start = _next;
        while (_next < _source.Length && char.IsAsciiLetter((char)_source[_next]))
            _next++;
        string word = Encoding.ASCII.GetString(_source, start, _next - start);
        start = _next;
        if (_next < _source.Length && _source[_next] == '-')
            _next++;
        while (_next < _source.Length && char.IsAsciiDigit((char)_source[_next]))
            _next++;
        int? number = int.TryParse(_source.AsSpan(start, _next - start), System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : null;
        if (_next < _source.Length && _source[_next] == ' ')
            _next++;
        Apply(word, number);
    }

    private void ReadSymbol(char c)
    {
        switch (c)
        {
            case '\'':
                if (_next + 2 <= _source.Length && byte.TryParse(
                    _source.AsSpan(_next, 2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out byte b))
                    Append(b);
                _next = Math.Min(_next + 2, _source.Length);
                break;
            case '*':
                // Of the groups that a reader may pass over, those with HTML in them are not hidden.
                _state = _state with { IsHidden = !_source.AsSpan(_next).StartsWith("\\htmltag"u8) };
                break;
            case '~':
                Append('\u00A0');
                break;
            case '\r' or '\n':
                Append('\n');
                break;
            case '\\' or '{' or '}':
                Append((byte)c);
                break;
        }
    }

    private void Apply(string word, int? number)
    {
        if (Hidden.Contains(word))
            _state = _state with { IsHidden = true };
        switch (word)
        {
            case "fromhtml":
                _isHtml = true;
                break;
            case "ansicpg":
                _encoding = Charsets.Find("cp" + number) ?? _encoding;
                break;
            case "htmlrtf":
                Flush();
                _state = _state with { IsForRtf = number != 0 };
                break;
            case "uc":
                _state = _state with { Fallback = Math.Clamp(number ?? 1, 0, 10) };
                break;
            case "u" when number is { } code:
                Append((char)(ushort)code);
                _skip = _state.Fallback;
                break;
            case "par" or "line" or "row" or "sect" or "page":
                Append('\n');
                break;
            case "tab" or "cell":
                Append('\t');
                break;
            case "emdash" or "endash":
                Append(word == "emdash" ? '\u2014' : '\u2013');
                break;
            case "lquote" or "rquote" or "ldblquote" or "rdblquote":
                Append(word switch { "lquote" => '\u2018', "rquote" => '\u2019', "ldblquote" => '\u201C', _ => '\u201D' });
                break;
            case "bullet":
                Append('\u2022');
                break;
            case "bin":
                _next = (int)Math.Min(_source.Length, (long)_next + Math.Max(0, number ?? 0));
                break;
        }
    }

    private bool IsShown => !_state.IsHidden && !(_isHtml && _state.IsForRtf);

    // Characters of a legacy charset may take two bytes, so they are converted together.
    private void Append(byte b)
    {
        if (_skip > 0)
            _skip--;
        else if (IsShown)
            _bytes.Add(b);
    }

    private void Append(char c)
    {
        Flush();
        _skip = 0;
        if (IsShown)
            _text.Append(c);
    }

    private void Flush()
    {
        if (_bytes.Count > 0)
            _text.Append(_encoding?.GetString([.. _bytes]));
        _bytes.Clear();
    }
}
