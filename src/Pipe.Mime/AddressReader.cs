using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Reads address lists (RFC 5322 sections 3.4 and 4.4), the broken ones of the wild included, in one pass.</summary>
internal ref struct AddressReader
{
    private const int MaxAddrSpecBytes = 2048;
    private const int MaxEncodedWordBytes = 4096;
    private const int MaxRouteBytes = 1024;

    private readonly ParserOptions _options;
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _lastQuote;
    private int _at;

    // The address under way: where it begins, where its last comma-separated piece begins, and whether that one has an at sign.
    private int _start;
    private int _piece;
    private bool _hasAt;
    private bool _hasComma;
    private bool _hasOpenComment;

    private AddressReader(ParserOptions options, ReadOnlySpan<byte> text)
    {
        _options = options;
        _text = text;
        _lastQuote = text.LastIndexOf((byte)'"');
    }

    public static List<InternetAddress> Read(ParserOptions options, ReadOnlySpan<byte> text)
    {
        var list = new List<InternetAddress>();
        var reader = new AddressReader(options, text);
        reader.ReadList(list, 0);
        return list;
    }

    private void ReadList(List<InternetAddress> list, int depth)
    {
        Begin();
        while (_at < _text.Length)
        {
            byte b = _text[_at];
            switch (b)
            {
                case (byte)'"':
                    SkipQuoted();
                    break;
                case (byte)'(':
                    SkipComment();
                    break;
                case (byte)'\\':
                    _at += 2;
                    break;
                case (byte)'=' when TrySkipEncodedWord():
                    break;
                case (byte)'[':
                    SkipDomainLiteral();
                    break;
                case (byte)'<':
                    ReadAngleAddress(list);
                    break;
                case (byte)'@':
                    _hasAt = true;
                    _at++;
                    break;
                case (byte)':' when !_hasAt && depth < _options.MaxAddressGroupDepth && IsGroup():
                    ReadGroup(list, depth);
                    break;
                case (byte)',':
                    EndPiece(list);
                    break;
                case (byte)';':
                    FlushPlain(list, _at);
                    _at++;
                    if (depth > 0)
                        return;
                    Begin();
                    break;
                default:
                    _at++;
                    break;
            }
        }

        _at = _text.Length;
        FlushPlain(list, _at);
    }

    private void Begin()
    {
        _start = _at;
        _piece = _at;
        _hasAt = false;
        _hasComma = false;
    }

    private void EndPiece(List<InternetAddress> list)
    {
        if (_hasAt || !_options.AllowUnquotedCommasInAddresses || _text[_piece.._at].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            FlushPlain(list, _at);
            _at++;
            Begin();
            return;
        }

        // "Doe, John <john@example.com>": whether the comma belongs to the name, only what follows will tell.
        _hasComma = true;
        _at++;
        _piece = _at;
    }

    private void SkipQuoted()
    {
        // A quote that never closes is a character like any other.
        int end = _at < _lastQuote ? Cfws.SkipQuotedString(_text, _at) : -1;
        _at = end < 0 ? _at + 1 : end;
    }

    private void SkipComment()
    {
        // A bracket that never closes is a character like any other, and so are those behind it.
        if (!_hasOpenComment)
        {
            int end = Cfws.SkipComment(_text, _at);
            _hasOpenComment = end == _text.Length && _text[^1] != ')';
            if (!_hasOpenComment)
            {
                _at = end;
                return;
            }
        }

        _at++;
    }

    private void SkipDomainLiteral()
    {
        int length = Math.Min(_text.Length - _at, 256);
        int end = _text.Slice(_at, length).IndexOfAny((byte)']', (byte)',');
        _at += end > 0 && _text[_at + end] == ']' ? end + 1 : 1;
    }

    // Commas and brackets inside of an encoded-word are text.
    private bool TrySkipEncodedWord()
    {
        var rest = _text.Slice(_at, Math.Min(_text.Length - _at, MaxEncodedWordBytes));
        if (!rest.StartsWith("=?"u8))
            return false;
        int stop = rest.IndexOfAny(" \t\r\n"u8);
        var word = stop < 0 ? rest : rest[..stop];
        int charsetEnd = word[2..].IndexOf((byte)'?');
        if (charsetEnd < 0 || charsetEnd + 5 >= word.Length || word[charsetEnd + 4] != '?')
            return false;
        int end = word[(charsetEnd + 5)..].IndexOf("?="u8);
        if (end < 0)
            return false;
        _at += charsetEnd + 5 + end + 2;
        return true;
    }

    private readonly bool IsGroup()
    {
        // "mailto:" and the like; a lone colon is no group either.
        return _text[_piece.._at].IndexOfAnyExcept(" \t\r\n"u8) >= 0 && !EndsWithMailto(_text[_piece.._at]);
    }

    private static bool EndsWithMailto(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && Ascii.EqualsIgnoreCase(text[^6..], "mailto"u8);

    private void ReadGroup(List<InternetAddress> list, int depth)
    {
        int nameEnd = _at;
        int nameStart = _piece;
        if (_hasComma)
            FlushPieces(list, _start, _piece);
        _at++;
        var members = new List<InternetAddress>();
        ReadList(members, depth + 1);
        list.Add(new GroupAddress(Rfc2047.DecodePhrase(_options, _text[nameStart..nameEnd]), members));
        Begin();
    }

    private void ReadAngleAddress(List<InternetAddress> list)
    {
        var phrase = _text[_start.._at];
        int nameEnd = _at;
        while (_at < _text.Length && _text[_at] is (byte)'<' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;

        int start = _at;
        int end = FindAngleEnd();
        var route = _text[start..end];
        int colon = route.IndexOf((byte)':');
        if (!route.IsEmpty && route[0] == '@' && colon > 0)
            start += colon + 1;
        else if (colon > 0 && EndsWithMailto(route[..colon]))
            start += colon + 1;

        string address = AddrSpec(_text[start..end], out _);
        string name = Rfc2047.DecodePhrase(_options, phrase);
        if (name.Length == 0)
            name = CommentIn(_text[_start..nameEnd]);

        // What stands behind the bracket up to the comma is a comment at best.
        int after = _at;
        SkipToSeparator();
        if (name.Length == 0)
            name = CommentIn(_text[after.._at]);
        if (address.Length > 0)
            list.Add(new MailboxAddress(name, address));
        if (_at < _text.Length && _text[_at] == ',')
            _at++;
        Begin();
    }

    private int FindAngleEnd()
    {
        int end = _at;
        while (end < _text.Length && _text[end] is not ((byte)'>' or (byte)',' or (byte)'<'))
        {
            if (_text[end] == '"' && end < _lastQuote && Cfws.SkipQuotedString(_text, end) is var next and > 0)
                end = next;
            else if (_text[end] == ':' && _text[_at] == '@')
                end++;
            else
                end++;
        }

        // A source route has commas of its own: <@a,@b:c@d>
        if (end < _text.Length && _text[end] == ',' && _text[_at] == '@')
        {
            int close = _text.Slice(end, Math.Min(_text.Length - end, MaxRouteBytes)).IndexOf((byte)'>');
            if (close >= 0)
                end += close;
        }

        int result = end;
        while (end < _text.Length && _text[end] == '>')
            end++;
        _at = end;
        return result;
    }

    private void SkipToSeparator()
    {
        while (_at < _text.Length)
        {
            byte b = _text[_at];
            if (b is (byte)',' or (byte)';')
                return;
            if (b == '(')
            {
                _at = Cfws.SkipComment(_text, _at);
            }
            else if (b is (byte)'<' or (byte)'"')
            {
                return;
            }
            else if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'>')
            {
                _at++;
            }
            else
            {
                // The next address, without a comma before it, or rubbish; the caller sees.
                return;
            }
        }
    }

    private void FlushPlain(List<InternetAddress> list, int end)
    {
        if (_hasComma)
        {
            FlushPieces(list, _start, _piece);
            _hasComma = false;
        }

        AddPlain(list, _text[_piece..end]);
    }

    private readonly void FlushPieces(List<InternetAddress> list, int start, int end)
    {
        var rest = _text[start..end];
        while (!rest.IsEmpty)
        {
            int length = PieceLength(rest);
            AddPlain(list, rest[..length]);
            rest = rest[Math.Min(rest.Length, length + 1)..];
        }
    }

    private static int PieceLength(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && text[at] != ',')
        {
            at = text[at] switch
            {
                (byte)'"' when Cfws.SkipQuotedString(text, at) is var end and > 0 => end,
                (byte)'(' => Cfws.SkipComment(text, at),
                (byte)'\\' => at + 2,
                _ => at + 1,
            };
        }

        return Math.Min(at, text.Length);
    }

    private readonly void AddPlain(List<InternetAddress> list, ReadOnlySpan<byte> piece)
    {
        piece = piece.Trim(" \t\r\n"u8);
        while (!piece.IsEmpty)
        {
            AddFirst(list, piece, out int end);
            // "a@example.com b@example.com": the comma was forgotten.
            piece = piece[end..];
            if (piece.IndexOf((byte)'@') < 0)
                return;
        }
    }

    private readonly void AddFirst(List<InternetAddress> list, ReadOnlySpan<byte> piece, out int end)
    {
        string address = AddrSpec(piece, out end);
        string comment = CommentIn(piece[..end]);
        if (address.Length == 0 || address[0] == '@')
            return;

        if (address.StartsWith("=?", StringComparison.Ordinal))
        {
            string decoded = Rfc2047.DecodeText(_options, piece);
            if (!decoded.StartsWith("=?", StringComparison.Ordinal))
            {
                if (decoded.Contains('@', StringComparison.Ordinal))
                    list.AddRange(Read(_options, Encoding.UTF8.GetBytes(decoded)));
                return;
            }
        }

        int space = address.LastIndexOf(' ');
        if (address.Contains('@', StringComparison.Ordinal))
            AddSpec(list, address, comment, space);
        else if (_options.AllowAddressesWithoutDomain && space < 0)
            list.Add(new MailboxAddress(comment, address));
    }

    // "John Doe john@example.com": the brackets were forgotten.
    private static void AddSpec(List<InternetAddress> list, string address, string comment, int space)
    {
        if (space < 0 || address[0] == '"')
            list.Add(new MailboxAddress(comment, address));
        else
            list.Add(new MailboxAddress(address[..space].Trim('"'), address[(space + 1)..]));
    }

    private readonly string CommentIn(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf((byte)'(');
        if (open < 0)
            return "";
        int end = Cfws.SkipComment(text, open);
        var comment = text[(open + 1)..end];
        if (!comment.IsEmpty && comment[^1] == ')')
            comment = comment[..^1];
        return Rfc2047.DecodePhrase(_options, comment);
    }

    /// <summary>An addr-spec without its comments and the white space around them.</summary>
    private readonly string AddrSpec(ReadOnlySpan<byte> text, out int consumed)
    {
        Span<byte> buffer = stackalloc byte[MaxAddrSpecBytes];
        int count = 0;
        int at = 0;
        bool space = false;
        bool hasAt = false;
        while (at < text.Length)
        {
            byte b = text[at];
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                space = true;
                at++;
                continue;
            }

            if (b == '(')
            {
                at = Cfws.SkipComment(text, at);
                space = true;
                continue;
            }

            // White space ends the address unless it stands beside a dot or the at sign (RFC 5322 section 4.4).
            if (space && count > 0 && b is not ((byte)'.' or (byte)'@') && buffer[count - 1] is not ((byte)'.' or (byte)'@'))
            {
                if (hasAt)
                    break;
                buffer[count++] = (byte)' ';
            }

            space = false;
            int end = b == '"' ? Cfws.SkipQuotedString(text, at) : at + 1;
            if (end < 0)
                end = at + 1;
            // RFC 5321 section 4.5.3.1 allows 320 or so.
            if (count + end - at >= buffer.Length)
            {
                consumed = end;
                return "";
            }

            text[at..end].CopyTo(buffer[count..]);
            count += end - at;
            hasAt |= b == '@';
            at = end;
        }

        consumed = at;

        return CharsetUtils.DecodeUnknown(_options, buffer[..count]);
    }
}
