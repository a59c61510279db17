using System.Buffers;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Pipe.Tickets.Reading;

/// <summary>Looks a message over once before MimeKit parses it, and leaves out what would take long to parse.</summary>
/// <remarks>
/// MimeKit 4.18 copies a header field again for each 4 KB of it (16 MB take half a minute), compares the continuations of a
/// parameter (RFC 2231) with each other (3 MB take 37 s), and keeps all fields, parts, preambles and epilogues in memory (60 MB of
/// preamble take 418 MiB). It also refuses a message that begins with a line that is no field, or ends within a field name.
/// The guard follows the structure by MimeKit's own rules. Whatever is neither a header nor a delimiter line it passes over in large steps.
/// </remarks>
internal sealed class ParserGuard
{
    // A file name of 255 characters in the longest form (RFC 2231, UTF-8) takes 7 KB.
    private const int MaxContentFieldBytes = 8 * 1024;
    private const int MaxFieldBytes = 256 * 1024;
    private const int MaxFields = 20_000;
    private const int MaxParts = 2000;

    // Four bytes are a character at most.
    private const int UnstructuredBytesPerCharacter = 4;

    private readonly MessageLines _lines;
    private readonly long _length;
    private readonly int _maxDepth;
    private readonly long _maxUnstructuredBytes;
    private readonly List<ByteRange> _cuts = [];
    private readonly List<OpenMultipart> _open = [];
    private long _unstructuredBytes;
    private bool _isUnstructured;
    private int _fields;
    private string? _loss;

    private ParserGuard(MessageLines lines, long length, InboundMailOptions options)
    {
        _lines = lines;
        _length = length;
        _maxDepth = options.MaxMimeDepth;
        _maxUnstructuredBytes = (long)options.MaxBodyBytes * UnstructuredBytesPerCharacter;
    }

    private readonly record struct OpenMultipart(byte[] Delimiter, bool IsDigest, int Depth);

    /// <summary>The message from the stream's position on, as MimeKit is to read it.</summary>
    /// <param name="stream">The message; it has to outlive the result.</param>
    /// <param name="options">The bounds on depth and text.</param>
    /// <param name="loss">What was left out that a reader would miss, or <c>null</c>.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Stream Guard(Stream stream, InboundMailOptions options, out string? loss)
    {
        long start = stream.Position;
        ParserGuard guard;
        using (var lines = new MessageLines(stream))
        {
            guard = new ParserGuard(lines, stream.Length, options);
            guard.Inspect();
        }

        loss = guard._loss;
        stream.Position = start;
        return guard._cuts.Count == 0 ? stream : new CutStream(stream, guard._cuts);
    }

    /// <summary>Whether a message ends in the middle of a line or of a multipart.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static bool IsCutShort(Stream stream)
    {
        stream.Position = Math.Max(0, stream.Length - 1);
        if (stream.ReadByte() != '\n')
            return true;

        stream.Position = 0;
        using var lines = new MessageLines(stream);
        var guard = new ParserGuard(lines, stream.Length, new InboundMailOptions());
        guard.Inspect();
        return guard._open.Count > 0;
    }

    private void Inspect()
    {
        ReadEntity(isDigest: false, depth: 0, isTop: true);
        for (int parts = 1; ReadBody() is { } multipart; parts++)
        {
            if (parts > MaxParts)
            {
                Cut(_lines.Start, _length, $"it has more than {MaxParts} parts");
                return;
            }

            ReadEntity(multipart.IsDigest, multipart.Depth + 1, isTop: false);
        }
    }

    // Reads on to the next part; what lies before the first and behind the last part of a multipart is kept in memory by MimeKit.
    private OpenMultipart? ReadBody()
    {
        while (true)
        {
            long start = _lines.Position;
            bool isDelimiter = false;
            bool isLast = false;
            while (!isDelimiter && _open.Count > 0 && _lines.ReadDashes())
                isDelimiter = IsDelimiter(_lines.Line, out isLast);

            long end = isDelimiter ? _lines.Start : _length;
            if (_isUnstructured && (_unstructuredBytes += end - start) > _maxUnstructuredBytes)
            {
                long excess = Math.Min(_unstructuredBytes - _maxUnstructuredBytes, end - start);
                _unstructuredBytes -= excess;
                Cut(end - excess, end, "there is too much text outside of its parts");
            }

            if (!isDelimiter)
                return null;
            if (!isLast)
                return _open[^1];
            _open.RemoveAt(_open.Count - 1);
            _isUnstructured = true;
        }
    }

    private bool IsDelimiter(ReadOnlySpan<byte> line, out bool isLast)
    {
        int found = FindDelimiter(line, out isLast);
        if (found >= 0)
            _open.RemoveRange(found + 1, _open.Count - found - 1);
        return found >= 0;
    }

    // The open multipart that the line is a delimiter of (RFC 2046 section 5.1.1), or -1; those inside of it end there.
    private int FindDelimiter(ReadOnlySpan<byte> line, out bool isLast)
    {
        line = line.TrimEnd(" \t\r\n\v\f"u8);
        isLast = false;
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            var delimiter = _open[i].Delimiter;
            if (!line.StartsWith(delimiter))
                continue;
            isLast = line[delimiter.Length..].SequenceEqual("--"u8);
            if (isLast || line.Length == delimiter.Length)
                return i;
        }

        return -1;
    }

    // The header of a part, and those of the messages in it.
    private void ReadEntity(bool isDigest, int depth, bool isTop)
    {
        _isUnstructured = false;
        for (; ReadHeader(isTop, out var type, out bool isEncoded) && depth < _maxDepth; depth++)
        {
            if (type is not null && type.IsMimeType("multipart", "*"))
            {
                _isUnstructured = true;
                if (type.Boundary is { } boundary)
                    _open.Add(new(Encoding.UTF8.GetBytes("--" + boundary), type.IsMimeType("multipart", "digest"), depth));
                return;
            }

            if (isEncoded || !(type is null ? isDigest : IsMessage(type)))
                return;
            isDigest = isTop = false;
        }
    }

    private static bool IsMessage(ContentType type) =>
        type.IsMimeType("message", "*") || type.IsMimeType("text", "rfc822-headers");

    // Returns whether a body follows.
    private bool ReadHeader(bool isTop, out ContentType? type, out bool isEncoded)
    {
        type = null;
        isEncoded = false;
        long stray = -1;
        bool isEmpty = true;
        for (bool more = _lines.Read(); more && !IsBlank(_lines.Line);)
        {
            if (IsOpenDelimiter(_lines.Line))
            {
                _lines.Unread();
                if (stray < 0)
                    return false;
                EndHeader(stray);
                return true;
            }

            if (_fields >= MaxFields)
            {
                long excess = _lines.Start;
                while ((more = _lines.Read()) && !IsBlank(_lines.Line) && !IsOpenDelimiter(_lines.Line))
                {
                }

                Cut(excess, _lines.Start, $"its headers have more than {MaxFields} fields");
                if (!more)
                    return false;
                continue;
            }

            var field = new Field(_lines.Start, _lines.Line);
            while ((more = _lines.Read()) && _lines.Line[0] is (byte)' ' or (byte)'\t')
                field.Append(_lines.Line);

            // One line that is no field is a stray one. With a second, or with nothing behind it, it is the body already.
            if (!isEmpty && !field.IsNamed && stray >= 0)
            {
                EndHeader(stray);
                _lines.Unread();
                return true;
            }

            stray = field.IsNamed || isEmpty ? -1 : field.Start;
            isEmpty &= !field.IsNamed;
            bool isStray = isTop && (_fields == 0 ? !field.IsValid : !more && !field.HasColon);
            if (isStray)
                Cut(field.Start, _lines.Start, null);
            else
                CutEnd(field);
            _fields += isStray ? 0 : 1;

            if (type is null && field.ValueOf("content-type") is { } value)
                _ = ContentType.TryParse(value, out type);
            else if (field.ValueOf("content-transfer-encoding") is { } encoding)
                isEncoded = MimeUtils.TryParse(Encoding.Latin1.GetString(encoding).Trim(), out ContentEncoding known) && known > ContentEncoding.Binary;
            if (!more)
                return false;
        }

        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];

    private bool IsOpenDelimiter(ReadOnlySpan<byte> line) => line.StartsWith("--"u8) && FindDelimiter(line, out _) >= 0;

    // A blank line where the header ends without one. What follows is body, of which nothing is cut.
    private void EndHeader(long start)
    {
        while (_cuts.Count > 0 && _cuts[^1].Start >= start)
            _cuts.RemoveAt(_cuts.Count - 1);
        _cuts.Add(new(start, start, IsLineEnd: true));
    }

    // The line end stays: it ends the field for the parser too.
    private void CutEnd(Field field)
    {
        int limit = field.IsContent ? MaxContentFieldBytes : MaxFieldBytes;
        if (_lines.Start - field.Start > limit)
            Cut(field.Start + limit, _lines.Start - 1, $"a header field has more than {limit} bytes");
    }

    private void Cut(long start, long end, string? loss)
    {
        if (start >= end)
            return;
        _loss ??= loss;
        if (_cuts.Count > 0 && _cuts[^1].End == start && !_cuts[^1].IsLineEnd)
            _cuts[^1] = new(_cuts[^1].Start, end);
        else
            _cuts.Add(new(start, end));
    }

    private sealed class Field
    {
        private readonly string _name = "";
        private readonly ArrayBufferWriter<byte>? _value;

        public Field(long start, ReadOnlySpan<byte> line)
        {
            Start = start;
            int colon = line.IndexOf((byte)':');
            HasColon = colon >= 0;
            var name = line[..Math.Max(colon, 0)].TrimEnd(" \t"u8);
            IsValid = !name.IsEmpty && !name.ContainsAnyInRange((byte)0, (byte)' ');
            name = name.TrimStart((byte)'\r');
            IsNamed = !name.IsEmpty && !name.Contains((byte)' ');
            if (name.Length < "content-".Length || !Ascii.EqualsIgnoreCase(name[.."content-".Length], "content-"u8))
                return;
            _name = AsciiText.ToLower(Encoding.Latin1.GetString(name));
            _value = new ArrayBufferWriter<byte>(line.Length);
            Append(line[(colon + 1)..]);
        }

        public long Start { get; }

        public bool HasColon { get; }

        /// <summary>Whether MimeKit takes it for a field: no blank and no control character in its name.</summary>
        public bool IsValid { get; }

        /// <summary>Whether it looks like a field, also where lines end in LF CR.</summary>
        public bool IsNamed { get; }

        public bool IsContent => _value is not null;

        public void Append(ReadOnlySpan<byte> line) => _value?.Write(line[..Math.Min(line.Length, MaxContentFieldBytes - _value.WrittenCount)]);

        public byte[]? ValueOf(string name) => name == _name ? _value?.WrittenSpan.ToArray() : null;
    }
}
