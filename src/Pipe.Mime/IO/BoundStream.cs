namespace Pipe.Mime.IO;

/// <summary>A range of another stream.</summary>
public class BoundStream : Stream
{
    private readonly bool _leaveOpen;
    private long _position;
    private bool _isDisposed;

    /// <summary>Creates a view of a range.</summary>
    /// <param name="baseStream">The stream that holds the bytes.</param>
    /// <param name="startBoundary">The offset of the first byte.</param>
    /// <param name="endBoundary">The offset behind the last byte; -1 for the end of the stream.</param>
    /// <param name="leaveOpen">Whether the stream outlives the view.</param>
    public BoundStream(Stream baseStream, long startBoundary, long endBoundary, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(baseStream);
        ArgumentOutOfRangeException.ThrowIfNegative(startBoundary);
        if (endBoundary >= 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(endBoundary, startBoundary);
        BaseStream = baseStream;
        StartBoundary = startBoundary;
        EndBoundary = endBoundary < 0 ? -1 : endBoundary;
        _leaveOpen = leaveOpen;
    }

    /// <summary>The stream that holds the bytes.</summary>
    public Stream BaseStream { get; }

    /// <summary>The offset of the first byte.</summary>
    public long StartBoundary { get; }

    /// <summary>The offset behind the last byte; -1 for the end of the stream.</summary>
    public long EndBoundary { get; }

    /// <inheritdoc/>
    public override bool CanRead => !_isDisposed && BaseStream.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => !_isDisposed && BaseStream.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => (EndBoundary < 0 ? BaseStream.Length : EndBoundary) - StartBoundary;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (EndBoundary >= 0)
        {
            long left = EndBoundary - StartBoundary - _position;
            if (left <= 0)
                return 0;
            if (buffer.Length > left)
                buffer = buffer[..(int)left];
        }

        BaseStream.Position = StartBoundary + _position;
        int count = BaseStream.Read(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            SeekOrigin.End => Length + offset,
            _ => throw new ArgumentOutOfRangeException(nameof(origin)),
        };
        return _position;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen && !_isDisposed)
            BaseStream.Dispose();
        _isDisposed = true;
        base.Dispose(disposing);
    }
}
