using System.Buffers;

namespace Pipe.Tickets.Reading;

/// <summary>Reads a stream line by line, or from one line that begins with "--" to the next. A line may be longer than memory.</summary>
internal sealed class MessageLines : IDisposable
{
    private const int BufferBytes = 32 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private long _bufferOffset;
    private int _lineStart;
    private int _next;
    private int _end;
    private bool _isMidline;

    /// <summary>Reads from the stream's position on.</summary>
    public MessageLines(Stream stream)
    {
        _stream = stream;
        _bufferOffset = stream.Position;
    }

    private static ReadOnlySpan<byte> LineEndAndDashes => "\n--"u8;

    /// <summary>Where the line begins in the stream; its end, when there was none to read.</summary>
    public long Start => _bufferOffset + _lineStart;

    /// <summary>Where reading goes on.</summary>
    public long Position => _bufferOffset + _next;

    /// <summary>The line with its end; of a long one the first 32 KB. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _next - _lineStart);

    /// <summary>Goes on to the next line; <c>false</c> at the end of the stream.</summary>
    public bool Read()
    {
        SkipRest();
        _lineStart = _next;
        int searched = _next;
        while (true)
        {
            int lineFeed = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (lineFeed >= 0)
            {
                _next = searched + lineFeed + 1;
                return true;
            }

            int length = _end - _lineStart;
            if (length < _buffer.Length && Fill(_lineStart))
            {
                searched = length;
                continue;
            }

            _next = _end;
            _isMidline = length == _buffer.Length;
            return length > 0;
        }
    }

    /// <summary>Goes on to the next line that begins with "--"; <c>false</c> when there is none.</summary>
    public bool ReadDashes()
    {
        SkipRest();
        bool isAtLineStart = true;
        while (_end - _next > LineEndAndDashes.Length || Fill(_next))
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            if (isAtLineStart && rest.StartsWith(LineEndAndDashes[1..]))
                return Read();

            int found = rest.IndexOf(LineEndAndDashes);
            if (found >= 0)
            {
                _next += found + 1;
                return Read();
            }

            // The end may be the beginning of what is looked for.
            if (rest.Length >= LineEndAndDashes.Length)
            {
                isAtLineStart = false;
                _next = _end - LineEndAndDashes.Length + 1;
            }
        }

        _lineStart = _next = _end;
        return false;
    }

    /// <summary>Lets the line be read once more.</summary>
    public void Unread()
    {
        _next = _lineStart;
        _isMidline = false;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // Passes over what is left of a line that did not fit.
    private void SkipRest()
    {
        while (_isMidline)
        {
            int lineFeed = _buffer.AsSpan(_next, _end - _next).IndexOf((byte)'\n');
            _next = lineFeed < 0 ? _end : _next + lineFeed + 1;
            _isMidline = lineFeed < 0 && Fill(_next);
        }
    }

    // Reads more behind what is kept, which moves to the front.
    private bool Fill(int from)
    {
        _buffer.AsSpan(from, _end - from).CopyTo(_buffer);
        _bufferOffset += from;
        _lineStart -= from;
        _next -= from;
        _end -= from;
        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
