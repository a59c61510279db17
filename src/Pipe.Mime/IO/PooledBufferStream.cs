using System.Buffers;

namespace Pipe.Mime.IO;

/// <summary>Collects what is written to it in a buffer that goes back to the pool.</summary>
internal sealed class PooledBufferStream : Encodings.EncodingStream
{
    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = [];
    private int _count;

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _count);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _buffer.Length - _count)
            Grow(buffer.Length);
        buffer.CopyTo(_buffer.AsSpan(_count));
        _count += buffer.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _count = 0;
        base.Dispose(disposing);
    }

    private void Grow(int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(_count + length, (int)Math.Min(_buffer.Length * 2L, Array.MaxLength))));
        WrittenSpan.CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
