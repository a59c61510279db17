namespace Pipe.Mime.IO;

/// <summary>A piece of a message: bytes in memory, or a range of a stream that can seek.</summary>
internal readonly struct ByteSlice
{
    private readonly byte[]? _memory;
    private readonly Stream? _stream;
    private readonly long _offset;

    public ByteSlice(byte[] memory, int offset, int length)
    {
        _memory = memory;
        _offset = offset;
        Length = length;
    }

    public ByteSlice(Stream stream, long offset, long length)
    {
        _stream = stream;
        _offset = offset;
        Length = length;
    }

    public long Length { get; }

    public bool IsMemory => _memory is not null;

    public bool IsSet => _memory is not null || _stream is not null;

    public ReadOnlySpan<byte> Span => _memory is null ? default : _memory.AsSpan((int)_offset, (int)Length);

    public Stream Open() => _memory is not null
        ? new MemoryStream(_memory, (int)_offset, (int)Length, false)
        : new BoundStream(_stream!, _offset, _offset + Length, true);
}
