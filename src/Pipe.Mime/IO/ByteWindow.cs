namespace Pipe.Mime.IO;

/// <summary>The bytes under the eyes of the parser: all of a message in memory, or a part of a stream that moves along.</summary>
internal sealed class ByteWindow
{
    private const int WindowBytes = 64 * 1024;

    private readonly Stream? _stream;
    private bool _atEnd;

    /// <summary>A window over bytes in memory.</summary>
    public ByteWindow(byte[] memory, int start, int length)
    {
        Buffer = memory;
        Position = start;
        End = start + length;
        _atEnd = true;
    }

    /// <summary>A window over a stream that can seek, from its position on.</summary>
    public ByteWindow(Stream stream)
    {
        _stream = stream;
        Buffer = new byte[WindowBytes];
        Base = stream.Position;
    }

    public byte[] Buffer { get; private set; }

    /// <summary>The index of the next byte in the buffer.</summary>
    public int Position { get; set; }

    /// <summary>The index behind the last byte in the buffer.</summary>
    public int End { get; private set; }

    /// <summary>The offset of the first byte of the buffer in the stream.</summary>
    public long Base { get; private set; }

    public bool IsMemory => _stream is null;

    public long Offset => Base + Position;

    /// <summary>Reads on. Bytes before <paramref name="keepFrom"/> are dropped, and the position moves with the others.</summary>
    /// <returns>Whether there are more bytes now.</returns>
    public bool Fill(int keepFrom)
    {
        if (_atEnd)
            return false;
        int kept = End - keepFrom;
        if (keepFrom > 0 || End == Buffer.Length)
        {
            var target = kept > Buffer.Length / 2 ? new byte[Buffer.Length * 2] : Buffer;
            Buffer.AsSpan(keepFrom, kept).CopyTo(target);
            Buffer = target;
            Base += keepFrom;
            Position -= keepFrom;
            End = kept;
        }

        int count = _stream!.Read(Buffer, End, Buffer.Length - End);
        End += count;
        _atEnd = count == 0;
        return count > 0;
    }

    /// <summary>Goes to the end of the message without looking at what lies between.</summary>
    public void SkipToEnd()
    {
        if (_stream is not null && !_atEnd)
        {
            long length = Math.Max(_stream.Length, Base + End);
            _stream.Position = length;
            Base = length;
            Position = 0;
            End = 0;
            _atEnd = true;
            return;
        }

        Position = End;
    }

    public ByteSlice Slice(long start, long end) => _stream is null
        ? new ByteSlice(Buffer, (int)start, (int)(end - start))
        : new ByteSlice(_stream, start, end - start);
}
