using System.Buffers;
using System.Globalization;
using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime.Tnef;

/// <summary>Reads RTF token by token, with a stack for the groups and in one pass.</summary>
internal ref struct RtfReader
{
    private const int MaxDepth = 10_000;

    private readonly ReadOnlySpan<byte> _rtf;
    private readonly StringBuilder _text = new();
    private readonly Stack<GroupState> _groups = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private readonly Dictionary<int, int> _fontCodepages = [];
    private GroupState _state = new() { UnicodeSkip = 1, Font = -1 };
    private int _at;
    private int _skip;
    private int _codepage = 1252;
    private int _fontInTable = -1;
    private bool _isHtml;
    private bool _isText;

    public RtfReader(ReadOnlySpan<byte> rtf) => _rtf = rtf;

    public RtfDocument Read()
    {
        while (_at < _rtf.Length)
        {
            byte b = _rtf[_at];
            switch (b)
            {
                case (byte)'{':
                    Flush();
                    _at++;
                    if (_groups.Count < MaxDepth)
                        _groups.Push(_state);
                    break;
                case (byte)'}':
                    Flush();
                    _at++;
                    _skip = 0;
                    if (_groups.TryPop(out var outer))
                        _state = outer;
                    break;
                case (byte)'\\':
                    ReadControl();
                    break;
                case (byte)'\r' or (byte)'\n':
                    _at++;
                    break;
                default:
                    _at++;
                    PutByte(b);
                    break;
            }
        }

        Flush();
        return new RtfDocument(_text.ToString(), _isHtml, _isText);
    }

    private void ReadControl()
    {
        _at++;
        if (_at >= _rtf.Length)
            return;
        byte b = _rtf[_at];
        if (!char.IsAsciiLetter((char)b))
        {
            _at++;
            ReadSymbol(b);
            return;
        }

        int start = _at;
        while (_at < _rtf.Length && char.IsAsciiLetter((char)_rtf[_at]))
            _at++;
        var word = _rtf[start.._at];
        int? parameter = ReadParameter();
        if (_at < _rtf.Length && _rtf[_at] == ' ')
            _at++;
        Apply(word, parameter);
    }

    private int? ReadParameter()
    {
        int start = _at;
        if (_at < _rtf.Length && _rtf[_at] == '-')
            _at++;
        while (_at < _rtf.Length && char.IsAsciiDigit((char)_rtf[_at]))
            _at++;
        return int.TryParse(_rtf[start.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;
    }

    private void ReadSymbol(byte symbol)
    {
        switch (symbol)
        {
            case (byte)'\'':
                if (_at + 1 < _rtf.Length && HexDigit.ValueOf(_rtf[_at]) is var high and >= 0 && HexDigit.ValueOf(_rtf[_at + 1]) is var low and >= 0)
                {
                    _at += 2;
                    PutByte((byte)((high << 4) | low));
                }

                break;
            case (byte)'*':
                _state.IsOptional = true;
                break;
            case (byte)'\\' or (byte)'{' or (byte)'}':
                PutByte(symbol);
                break;
            case (byte)'~':
                PutText(_isHtml ? "&nbsp;" : "\u00A0");
                break;
            case (byte)'_':
                PutText(_isHtml ? "&shy;" : "\u00AD");
                break;
            case (byte)'\r' or (byte)'\n':
                PutText("\r\n");
                break;
        }
    }

    private void Apply(ReadOnlySpan<byte> word, int? parameter)
    {
        switch (word)
        {
            case var _ when word.SequenceEqual("fromhtml"u8):
                _isHtml = true;
                break;
            case var _ when word.SequenceEqual("fromtext"u8):
                _isText = true;
                break;
            case var _ when word.SequenceEqual("ansicpg"u8):
                Flush();
                _codepage = parameter is > 0 ? parameter.Value : _codepage;
                break;
            case var _ when word.SequenceEqual("htmltag"u8):
                // The markup itself; its text is not subject to what suppresses the RTF around it.
                _state.IsHtmlTag = true;
                _state.IsOptional = false;
                _state.IsSkipped = !_isHtml;
                _state.IsSuppressed = false;
                break;
            case var _ when word.SequenceEqual("mhtmltag"u8):
                _state.IsSkipped = true;
                break;
            case var _ when word.SequenceEqual("htmlrtf"u8):
                Flush();
                _state.IsSuppressed = parameter is null or not 0;
                break;
            case var _ when word.SequenceEqual("uc"u8):
                _state.UnicodeSkip = Math.Clamp(parameter ?? 1, 0, 16);
                break;
            case var _ when word.SequenceEqual("u"u8):
                Flush();
                PutText(((char)(ushort)(parameter ?? 0x3F)).ToString());
                _skip = _state.UnicodeSkip;
                break;
            case var _ when word.SequenceEqual("f"u8):
                Flush();
                if (_state.IsFontTable)
                    _fontInTable = parameter ?? 0;
                else
                    _state.Font = parameter ?? 0;
                break;
            case var _ when word.SequenceEqual("fcharset"u8):
                if (_state.IsFontTable && CodepageOfCharset(parameter ?? 0) is var codepage and > 0 && _fontCodepages.Count < 4096)
                    _fontCodepages[_fontInTable] = codepage;
                break;
            case var _ when word.SequenceEqual("fonttbl"u8):
                _state.IsFontTable = true;
                _state.IsSkipped = true;
                break;
            case var _ when word.SequenceEqual("bin"u8):
                _at = (int)Math.Min((long)_at + Math.Max(0, parameter ?? 0), _rtf.Length);
                break;
            default:
                if (_state.IsOptional || IsHiddenDestination(word))
                    _state.IsSkipped = true;
                else if (TextOf(word) is { } text)
                    PutText(text);
                break;
        }
    }

    private static bool IsHiddenDestination(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("colortbl"u8) || word.SequenceEqual("stylesheet"u8) || word.SequenceEqual("info"u8)
        || word.SequenceEqual("pict"u8) || word.SequenceEqual("object"u8) || word.SequenceEqual("header"u8)
        || word.SequenceEqual("footer"u8) || word.SequenceEqual("fldinst"u8) || word.SequenceEqual("listtable"u8)
        || word.SequenceEqual("generator"u8);

    private readonly string? TextOf(ReadOnlySpan<byte> word) => word switch
    {
        var _ when word.SequenceEqual("par"u8) || word.SequenceEqual("line"u8) || word.SequenceEqual("row"u8) => "\r\n",
        var _ when word.SequenceEqual("tab"u8) || word.SequenceEqual("cell"u8) => "\t",
        var _ when word.SequenceEqual("lquote"u8) => _isHtml ? "&lsquo;" : "\u2018",
        var _ when word.SequenceEqual("rquote"u8) => _isHtml ? "&rsquo;" : "\u2019",
        var _ when word.SequenceEqual("ldblquote"u8) => _isHtml ? "&ldquo;" : "\u201C",
        var _ when word.SequenceEqual("rdblquote"u8) => _isHtml ? "&rdquo;" : "\u201D",
        var _ when word.SequenceEqual("bullet"u8) => _isHtml ? "&bull;" : "\u2022",
        var _ when word.SequenceEqual("endash"u8) => _isHtml ? "&ndash;" : "\u2013",
        var _ when word.SequenceEqual("emdash"u8) => _isHtml ? "&mdash;" : "\u2014",
        _ => null,
    };

    // Section 2.3 of the RTF specification: the charsets of fonts
    private static int CodepageOfCharset(int charset) => charset switch
    {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => 0,
    };

    private readonly bool IsHidden => _state.IsSkipped || _state.IsSuppressed;

    private void PutByte(byte b)
    {
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        if (IsHidden)
            return;
        _pending.Write([b]);
    }

    private void PutText(string text)
    {
        _skip = 0;
        if (IsHidden)
            return;
        Flush();
        _ = _text.Append(text);
    }

    private void Flush()
    {
        if (_pending.WrittenCount == 0)
            return;
        int codepage = !_state.IsHtmlTag && _fontCodepages.TryGetValue(_state.Font, out int ofFont) ? ofFont : _codepage;
        var encoding = CharsetUtils.FromCodePage(codepage) ?? CharsetUtils.Windows1252;
        _ = _text.Append(encoding.GetString(_pending.WrittenSpan));
        _pending.ResetWrittenCount();
    }

    private struct GroupState
    {
        public bool IsOptional;
        public bool IsSkipped;
        public bool IsSuppressed;
        public bool IsHtmlTag;
        public bool IsFontTable;
        public int UnicodeSkip;
        public int Font;
    }
}
