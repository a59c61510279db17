using Pipe.Mime.IO;

namespace Pipe.Mime;

/// <summary>Reads messages and entities from a stream.</summary>
public class MimeParser
{
    // A message of this size is read at once even where it could stay in its stream: it is faster, and small.
    private const int MaxBytesAtOnce = 256 * 1024;

    private readonly EntityParser _parser;

    /// <summary>Creates a parser of one message.</summary>
    public MimeParser(Stream stream, MimeFormat format = MimeFormat.Default, bool persistent = false)
        : this(ParserOptions.Default, stream, format, persistent)
    {
    }

    /// <summary>Creates a parser of one message.</summary>
    public MimeParser(ParserOptions options, Stream stream, MimeFormat format = MimeFormat.Default, bool persistent = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        Options = options;
        _ = format;
        _parser = new EntityParser(options, Open(stream, persistent));
    }

    /// <summary>How messages are read.</summary>
    public ParserOptions Options { get; }

    /// <summary>Whether the end of the stream was reached.</summary>
    public bool IsEndOfStream => _parser.IsEndOfStream;

    /// <summary>The offset of the next byte.</summary>
    public long Position => _parser.Position;

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public MimeMessage ParseMessage(CancellationToken cancellationToken = default) => _parser.ReadMessage(cancellationToken);

    /// <summary>Reads an entity.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public MimeEntity ParseEntity(CancellationToken cancellationToken = default) => _parser.ReadEntity(cancellationToken);

    /// <summary>Reads a header block.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public HeaderList ParseHeaders(CancellationToken cancellationToken = default) => _parser.ReadHeaders(cancellationToken);

    private static ByteWindow Open(Stream stream, bool persistent)
    {
        if (!stream.CanSeek)
            return ReadToEnd(stream);
        long length = Math.Max(0, stream.Length - stream.Position);
        if (persistent && stream is MemoryStream memory && memory.TryGetBuffer(out var segment))
        {
            int start = (int)Math.Min(memory.Position, memory.Length);
            return new ByteWindow(segment.Array!, segment.Offset + start, (int)memory.Length - start);
        }

        if (persistent && length > MaxBytesAtOnce)
            return new ByteWindow(stream);

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)length));
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new ByteWindow(bytes, 0, count);
    }

    private static ByteWindow ReadToEnd(Stream stream)
    {
        var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new ByteWindow(memory.GetBuffer(), 0, (int)memory.Length);
    }
}
