using System.Buffers;
using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Decodes text with encoded-words (RFC 2047), the broken ones of the wild included, in one pass.</summary>
internal ref struct EncodedWordReader(ParserOptions options, ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly StringBuilder _result = new(text.Length);

    // The bytes of adjacent words of one charset: a character may be cut in two between words, against section 5.
    private ArrayBufferWriter<byte>? _pending;
    private Encoding? _pendingCharset;
    private string _pendingName = "";
    private int _base64Bits;
    private int _base64BitCount;
    private int _terminator = -1;
    private bool _noTerminatorLeft;

    public string Read()
    {
        int plain = 0;
        int at = 0;
        while (at < _text.Length)
        {
            int found = _text[at..].IndexOf("=?"u8);
            if (found < 0)
                break;
            at += found;
            if (!TryReadWord(at, out var word))
            {
                at += 2;
                continue;
            }

            var between = _text[plain..at];
            if (_pendingCharset is null || !IsWhiteSpace(between))
            {
                Flush();
                AppendPlain(between);
            }

            Append(word);
            at = word.End;
            plain = at;
        }

        Flush();
        AppendPlain(_text[plain..]);
        return _result.ToString();
    }

    private static bool IsWhiteSpace(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private bool TryReadWord(int start, out EncodedWord word)
    {
        word = default;
        // The charset is a token: a long run without a question mark is no encoded-word.
        var rest = _text.Slice(start + 2, Math.Min(_text.Length - start - 2, 80));
        int question = rest.IndexOfAny("? \t\r\n"u8);
        if (question <= 0 || rest[question] != '?' || question + 2 >= rest.Length || rest[question + 2] != '?')
            return false;
        byte encoding = (byte)(rest[question + 1] | 0x20);
        if (encoding is not ((byte)'b' or (byte)'q'))
            return false;

        int textStart = start + 2 + question + 3;
        int end = FindEnd(textStart, encoding == 'b', out int next);
        if (end < 0)
            return false;
        word = new EncodedWord(start + 2, question, encoding == 'b', textStart, end, next);
        return true;
    }

    // White space inside a word is against the standard but common; a word that never ends, ends at the white space.
    private int FindEnd(int textStart, bool isBase64, out int next)
    {
        if (!_noTerminatorLeft)
        {
            int end = FindTerminator(textStart);
            if (end >= 0)
            {
                var content = _text.Slice(textStart, end);
                int inner = content.IndexOf("=?"u8);
                if (inner < 0 || !TryNestedWord(textStart + inner))
                {
                    next = textStart + end + 2;
                    return textStart + end;
                }
            }
            else
            {
                _noTerminatorLeft = true;
            }
        }

        int stop = _text[textStart..].IndexOfAny(" \t\r\n"u8);
        next = stop < 0 ? _text.Length : textStart + stop;
        var tail = _text[textStart..next];
        if (tail.IsEmpty || (isBase64 && !IsBase64(tail)))
        {
            next = -1;
            return -1;
        }

        // Only the question mark of the terminator, or of a cut one, is left.
        return tail[^1] == '?' ? next - 1 : next;
    }

    // Looked for once for all the words before it: there may be as many as the text is long.
    private int FindTerminator(int from)
    {
        if (_terminator < from)
        {
            int found = _text[from..].IndexOf("?="u8);
            if (found < 0)
                return -1;
            _terminator = from + found;
        }

        return _terminator - from;
    }

    private readonly bool TryNestedWord(int start)
    {
        if (start > 0 && _text[start - 1] is not ((byte)' ' or (byte)'\t' or (byte)'\n'))
            return false;
        var rest = _text.Slice(start + 2, Math.Min(_text.Length - start - 2, 80));
        int question = rest.IndexOfAny("? \t\r\n"u8);
        return question > 0 && rest[question] == '?' && question + 2 < rest.Length && rest[question + 2] == '?';
    }

    private static bool IsBase64(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'/' or (byte)'=' or (byte)'?'))
                return false;
        }

        return true;
    }

    private void Append(EncodedWord word)
    {
        var charset = _text.Slice(word.CharsetStart, word.CharsetLength);
        int star = charset.IndexOf((byte)'*');
        if (star >= 0)
            charset = charset[..star];

        if (_pendingCharset is null || !Ascii.EqualsIgnoreCase(charset, _pendingName))
        {
            Flush();
            _pendingName = Encoding.Latin1.GetString(charset);
            _pendingCharset = CharsetUtils.Find(_pendingName) ?? Encoding.UTF8;
        }

        _pending ??= new ArrayBufferWriter<byte>(Math.Max(64, word.TextEnd - word.TextStart));
        var content = _text[word.TextStart..word.TextEnd];
        if (word.IsBase64)
            AppendBase64(content);
        else
            AppendQuoted(content);
    }

    // The bits left over at the end of a word go on in the next one: some mailers cut base64 anywhere.
    private void AppendBase64(ReadOnlySpan<byte> content)
    {
        var target = _pending!.GetSpan((content.Length * 3 / 4) + 4);
        int count = 0;
        foreach (byte b in content)
        {
            int value = Encodings.Base64Alphabet.ValueOf(b);
            if (value < 0)
            {
                if (b == '=')
                    _base64BitCount = 0;
                continue;
            }

            _base64Bits = ((_base64Bits << 6) | value) & 0xFFFF;
            _base64BitCount += 6;
            if (_base64BitCount >= 8)
            {
                _base64BitCount -= 8;
                target[count++] = (byte)(_base64Bits >> _base64BitCount);
            }
        }

        _pending.Advance(count);
    }

    private void AppendQuoted(ReadOnlySpan<byte> content)
    {
        _base64BitCount = 0;
        var target = _pending!.GetSpan(Math.Max(1, content.Length));
        int count = 0;
        for (int i = 0; i < content.Length; i++)
        {
            byte b = content[i];
            if (b == '=' && i + 2 < content.Length && char.IsAsciiHexDigit((char)content[i + 1]) && char.IsAsciiHexDigit((char)content[i + 2]))
            {
                target[count++] = (byte)((HexDigit.ValueOf(content[i + 1]) << 4) | HexDigit.ValueOf(content[i + 2]));
                i += 2;
            }
            else if (b is not ((byte)'\r' or (byte)'\n'))
            {
                target[count++] = b == '_' ? (byte)' ' : b;
            }
        }

        _pending.Advance(count);
    }

    private void Flush()
    {
        if (_pendingCharset is not null && _pending is not null)
        {
            _ = _result.Append(CharsetUtils.Decode(options, _pendingCharset, _pending.WrittenSpan));
            _pending.ResetWrittenCount();
        }

        _pendingCharset = null;
        _base64BitCount = 0;
    }

    private readonly void AppendPlain(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            _ = _result.Append(CharsetUtils.DecodeUnknown(options, bytes));
    }

    private readonly record struct EncodedWord(int CharsetStart, int CharsetLength, bool IsBase64, int TextStart, int TextEnd, int End);
}
