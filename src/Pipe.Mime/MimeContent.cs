using System.Buffers;
using Pipe.Mime.Encodings;
using Pipe.Mime.IO;

namespace Pipe.Mime;

/// <summary>The content of a part, in its transfer encoding: a piece of the message it came with, or a stream.</summary>
public class MimeContent : IMimeContent
{
    private const int BufferBytes = 32 * 1024;

    private readonly ByteSlice _slice;
    private Stream? _stream;
    private bool _isDisposed;

    /// <summary>Creates a content from a stream, which it owns.</summary>
    /// <param name="stream">A stream that can read and seek.</param>
    /// <param name="encoding">How the bytes of the stream are encoded already.</param>
    public MimeContent(Stream stream, ContentEncoding encoding = ContentEncoding.Default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead || !stream.CanSeek)
            throw new ArgumentException("The stream must be able to read and to seek.", nameof(stream));
        _stream = stream;
        Encoding = encoding;
    }

    internal MimeContent(ByteSlice slice, ContentEncoding encoding)
    {
        _slice = slice;
        Encoding = encoding;
    }

    /// <inheritdoc/>
    public ContentEncoding Encoding { get; }

    /// <inheritdoc/>
    public NewLineFormat? NewLineFormat { get; set; }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The content was disposed of.</exception>
    public Stream Stream
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _stream ??= _slice.Open();
        }
    }

    /// <summary>Whether the content came with a message that was read.</summary>
    internal bool IsParsed => _slice.IsSet;

    /// <summary>The bytes as they are, where they are in memory.</summary>
    internal bool TryGetMemory(out ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        bytes = _slice.Span;
        return _slice.IsMemory;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The content was disposed of.</exception>
    public Stream Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var stream = _stream is null || _slice.IsSet ? _slice.Open() : Rewound();
        return TransferDecoder.Create(Encoding) is { } decoder ? new DecodingStream(stream, decoder) : stream;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The content was disposed of.</exception>
    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (TransferDecoder.Create(Encoding) is { } decoder)
            Decode(decoder, stream, cancellationToken);
        else
            WriteTo(stream, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        DecodeTo(stream, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The content was disposed of.</exception>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_slice.IsMemory)
        {
            Reserve(stream, _slice.Length);
            stream.Write(_slice.Span);
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var source = Rewound();
            int count;
            while ((count = source.Read(buffer, 0, buffer.Length)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        WriteTo(stream, cancellationToken);
        return Task.CompletedTask;
    }

    /// <summary>Disposes of the stream.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes of the stream.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stream?.Dispose();
        _isDisposed = true;
    }

    // A memory stream that nothing was written to yet would otherwise grow, and copy itself, a dozen times.
    private static void Reserve(Stream stream, long length)
    {
        if (stream is MemoryStream { Capacity: 0, CanWrite: true } memory && length is > 0 and < int.MaxValue)
            memory.Capacity = (int)length;
    }

    private Stream Rewound()
    {
        var stream = Stream;
        stream.Position = 0;
        return stream;
    }

    private void Decode(TransferDecoder decoder, Stream stream, CancellationToken cancellationToken)
    {
        byte[] output = ArrayPool<byte>.Shared.Rent(BufferBytes);
        byte[]? input = null;
        try
        {
            if (_slice.IsMemory)
            {
                var rest = _slice.Span;
                Reserve(stream, decoder.MaxDecodedLength(rest.Length));
                while (!rest.IsEmpty)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int count = decoder.Decode(rest, output, out int used);
                    stream.Write(output, 0, count);
                    rest = rest[used..];
                }
            }
            else
            {
                input = ArrayPool<byte>.Shared.Rent(BufferBytes);
                var source = Rewound();
                int read;
                while ((read = source.Read(input, 0, input.Length)) > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var rest = new ReadOnlySpan<byte>(input, 0, read);
                    while (!rest.IsEmpty)
                    {
                        int count = decoder.Decode(rest, output, out int used);
                        stream.Write(output, 0, count);
                        rest = rest[used..];
                    }
                }
            }

            int last = decoder.Finish(output);
            stream.Write(output, 0, last);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
            if (input is not null)
                ArrayPool<byte>.Shared.Return(input);
        }
    }
}
