namespace Pipe.Mime.Tests;

/// <summary>A stream that can seek and gives few bytes at a time, of changing number.</summary>
public sealed class TrickleStream(byte[] bytes) : Stream
{
    private long _position;
    private int _turn;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int left = (int)Math.Max(0, bytes.Length - _position);
        int size = _position < 4096 ? 1 + (_turn++ % 7) : 50_000;
        int read = Math.Min(Math.Min(left, count), size);
        Array.Copy(bytes, _position, buffer, offset, read);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
