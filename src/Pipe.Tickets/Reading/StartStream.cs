namespace Pipe.Tickets.Reading;

/// <summary>Keeps the first bytes that are written to it and forgets the rest.</summary>
internal sealed class StartStream(int maxBytes) : Stream
{
    private byte[] _buffer = new byte[Math.Min(maxBytes, 4096)];
    private int _count;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _count);

    /// <summary>Whether something was forgotten.</summary>
    public bool IsCut { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _count;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int kept = Math.Min(buffer.Length, maxBytes - _count);
        IsCut |= kept < buffer.Length;
        if (_count + kept > _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(maxBytes, Math.Max(_buffer.Length * 2L, _count + kept)));
        buffer[..kept].CopyTo(_buffer.AsSpan(_count));
        _count += kept;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
