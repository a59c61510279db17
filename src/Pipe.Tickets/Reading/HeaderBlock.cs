using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>The header of a message, read leniently and independent of what the MIME parser makes of the rest.</summary>
internal sealed class HeaderBlock
{
    /// <summary>Beyond this size the header is cut.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxFields = 20_000;
    private const int FirstReadBytes = 8 * 1024;

    private readonly byte[] _bytes;

    private HeaderBlock(byte[] bytes, long start, long bodyOffset = 0)
    {
        _bytes = bytes;
        BodyOffset = bodyOffset;
        Fields = Parse(bytes, out int firstField);
        FirstFieldOffset = start + firstField;
    }

    /// <summary>The fields in order.</summary>
    public IReadOnlyList<HeaderField> Fields { get; }

    /// <summary>Where the first field stands in the stream: behind a byte-order mark, blank lines and lines that are no field.</summary>
    public long FirstFieldOffset { get; }

    /// <summary>Where the body starts in the stream: behind the blank line that ends the header.</summary>
    public long BodyOffset { get; }

    /// <summary>The charset of bytes beyond ASCII that are not UTF-8: some programs write the header in that of the body.</summary>
    public string? Charset { get; set; }

    /// <summary>Whether lines end in CR LF.</summary>
    public bool UsesCrLf => _bytes.AsSpan().IndexOf("\r\n"u8) >= 0;

    /// <summary>Whether lines end in CR alone, which no parser takes for a line end.</summary>
    public bool UsesBareCr => !_bytes.AsSpan().Contains((byte)'\n') && _bytes.AsSpan().Contains((byte)'\r');

    /// <summary>Reads the header that starts where the stream stands.</summary>
    public static HeaderBlock Read(Stream stream)
    {
        long origin = stream.Position;
        byte[] buffer = new byte[FirstReadBytes];
        int count = 0;
        while (true)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(count), buffer.Length - count, throwOnEndOfStream: false);
            count += read;
            bool atEnd = count < buffer.Length;
            int start = StartOf(buffer.AsSpan(0, count));
            int end = EndOf(buffer.AsSpan(0, count), start);
            if (end >= 0)
                return new HeaderBlock(buffer[start..end], origin + start, origin + EndOfBlankLine(buffer, end));
            if (atEnd || buffer.Length >= MaxBytes)
                return new HeaderBlock(buffer[start..TrimmedEnd(buffer, start, count)], origin + start, origin + count);
            Array.Resize(ref buffer, Math.Min(buffer.Length * 4, MaxBytes));
        }
    }

    /// <summary>A header made of given text, for messages whose header is put together anew.</summary>
    public static HeaderBlock FromBytes(byte[] bytes) => new(bytes, 0);

    /// <summary>The bodies of all fields of this name (in lower case).</summary>
    public IEnumerable<HeaderField> All(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name)
                yield return field;
        }
    }

    /// <summary>The body of a field as text; encoded words are left as they are.</summary>
    public string TextOf(HeaderField field) => Charsets.DecodeHeader(field.Value.Span, Charset);

    /// <summary>The values of all fields of this name (in lower case) as one text, or <c>null</c> when there is none.</summary>
    public string? Joined(string name, string separator)
    {
        StringBuilder? joined = null;
        foreach (var field in All(name))
        {
            joined = joined is null ? new() : joined.Append(separator);
            joined.Append(TextOf(field));
        }

        return joined?.ToString();
    }

    /// <summary>The first field of this name (in lower case).</summary>
    public HeaderField? First(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name)
                return field;
        }

        return null;
    }

    /// <summary>The last field of this name (in lower case) that has a blank behind the colon, as text.</summary>
    public string? LastTextual(string name)
    {
        for (int i = Fields.Count - 1; i >= 0; i--)
        {
            if (Fields[i].Name == name && Fields[i].HasBlank)
                return TextOf(Fields[i]);
        }

        return null;
    }

    /// <summary>The block as text with its own line ends. Each byte that is not UTF-8 becomes "?", as MySQL stores it.</summary>
    public string ToText()
    {
        var bytes = _bytes.AsSpan();
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out int length) == System.Buffers.OperationStatus.Done)
                text.Append(rune.ToString());
            else
                text.Append('?', length);
            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The lower-case hexadecimal MD5 of the block, by which a message without Message-ID is known.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "osTicket's own way to name such messages.")]
    public string Fingerprint() => Convert.ToHexStringLower(Digests.Md5(_bytes));

    // A byte-order mark and blank lines in front of the header are none of it.
    private static int StartOf(ReadOnlySpan<byte> bytes)
    {
        int start = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        int lineStart = start;
        for (int i = start; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
                lineStart = i + 1;
            else if (bytes[i] is not ((byte)'\r' or (byte)' ' or (byte)'\t'))
                return lineStart;
        }

        return bytes.Length;
    }

    // The position of the line end that precedes the blank line, or -1.
    private static int EndOf(ReadOnlySpan<byte> bytes, int start)
    {
        for (int at = start; ;)
        {
            int lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0)
                return -1;
            lineFeed += at;
            at = lineFeed + 1;
            if (at < bytes.Length && (bytes[at] == (byte)'\n' || (bytes[at] == (byte)'\r' && at + 1 < bytes.Length && bytes[at + 1] == (byte)'\n')))
                return lineFeed > start && bytes[lineFeed - 1] == (byte)'\r' ? lineFeed - 1 : lineFeed;
        }
    }

    private static int EndOfBlankLine(ReadOnlySpan<byte> bytes, int lineEnd)
    {
        int firstLineFeed = bytes[lineEnd..].IndexOf((byte)'\n') + lineEnd;
        return bytes[(firstLineFeed + 1)..].IndexOf((byte)'\n') + firstLineFeed + 2;
    }

    private static int TrimmedEnd(ReadOnlySpan<byte> bytes, int start, int end)
    {
        while (end > start && bytes[end - 1] is (byte)'\n' or (byte)'\r')
            end--;
        return end;
    }

    private static List<HeaderField> Parse(byte[] bytes, out int firstField)
    {
        firstField = 0;
        var fields = new List<HeaderField>();
        byte lineEnd = bytes.AsSpan().Contains((byte)'\n') ? (byte)'\n' : (byte)'\r';
        for (int at = 0; at < bytes.Length && fields.Count < MaxFields;)
        {
            int end = EndOfField(bytes, at, lineEnd);
            var line = bytes.AsSpan(at, end - at);
            int colon = line.IndexOf((byte)':');
            if (colon > 0 && line[0] is not ((byte)' ' or (byte)'\t'))
            {
                if (fields.Count == 0)
                    firstField = at;
                string name = Encoding.Latin1.GetString(line[..colon]);
                fields.Add(new(AsciiText.ToLower(name), Unfold(bytes.AsMemory(at + colon + 1, end - at - colon - 1))));
            }

            at = end + 1;
        }

        return fields;
    }

    // A line that starts with white space continues the field before it.
    private static int EndOfField(ReadOnlySpan<byte> bytes, int at, byte lineEnd)
    {
        while (true)
        {
            int end = bytes[at..].IndexOf(lineEnd);
            if (end < 0)
                return bytes.Length;
            at += end + 1;
            if (at >= bytes.Length || bytes[at] is not ((byte)' ' or (byte)'\t'))
                return at - 1;
        }
    }

    private static ReadOnlyMemory<byte> Unfold(ReadOnlyMemory<byte> raw) => raw.Span.Contains((byte)'\n')
        ? HeaderBytes.Unfold(raw.Span)
        : raw.TrimEnd((byte)'\r');
}
