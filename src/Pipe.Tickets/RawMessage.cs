using Microsoft.Win32.SafeHandles;

namespace Pipe.Tickets;

/// <summary>The bytes that came in, unchanged. Small ones are in memory, large ones in a temporary file without a name.</summary>
/// <remarks>Reading needs a bounded amount of memory, whatever the size of the message.</remarks>
public sealed class RawMessage : IDisposable
{
    private const int ReadBufferBytes = 64 * 1024;
    private const int MaxFromLineBytes = 1024;

    private readonly byte[] _memory;
    private readonly SafeFileHandle? _file;

    private RawMessage(byte[] memory, SafeFileHandle? file, long length, RawMessageOptions options)
    {
        _memory = memory;
        _file = file;
        Length = length;
        MaxBytes = options.MaxBytes;
        MboxFromLine = FindMboxFromLine();
    }

    /// <summary>The number of bytes that came in.</summary>
    public long Length { get; }

    /// <summary>Whether the message is larger than allowed; then <see cref="OpenContent"/> ends at the limit.</summary>
    public bool IsOversized => Length > MaxBytes;

    /// <summary>The limit that was in force, in bytes.</summary>
    public long MaxBytes { get; }

    /// <summary>The mbox separator line ("From sender date", RFC 4155) that preceded the message, without its line end; or <c>null</c>.</summary>
    public string? MboxFromLine { get; }

    /// <summary>The number of bytes that precede the message proper: the mbox separator line with its line end, or none.</summary>
    public int ContentOffset { get; private set; }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="IOException">The stream cannot be read, or the temporary file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end was reached.</exception>
    public static async Task<RawMessage> ReadAsync(
        Stream input, RawMessageOptions options, CancellationToken cancellationToken = default)
    {
        byte[] memory = new byte[Math.Min(ReadBufferBytes, options.MaxBytesInMemory)];
        int count = 0;

        while (true)
        {
            int read = await input.ReadAsync(memory.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return new RawMessage(memory.AsSpan(0, count).ToArray(), null, count, options);
            count += read;

            if (count == memory.Length)
            {
                if (memory.Length >= options.MaxBytesInMemory)
                    break;
                Array.Resize(ref memory, Math.Min(memory.Length * 2, options.MaxBytesInMemory));
            }
        }

        var file = CreateTemporaryFile(options.TemporaryFolder);
        try
        {
            RandomAccess.Write(file, memory, 0);
            long length = count;
            byte[] buffer = memory.Length <= ReadBufferBytes ? memory : new byte[ReadBufferBytes];
            int read;
            while ((read = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), length);
                length += read;
            }

            return new RawMessage([], file, length, options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens all bytes that came in, from the first to the last, beyond the limit too.</summary>
    public Stream OpenWhole() => Open(0, Length);

    /// <summary>Opens the message proper: without an mbox separator line, and no further than the limit.</summary>
    public Stream OpenContent() => Open(ContentOffset, Math.Min(Length, MaxBytes));

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    // The name goes away at once, so that neither a crash nor a kill leaves the file behind.
    private static SafeFileHandle CreateTemporaryFile(string folder)
    {
        string path = Path.Combine(folder, "pipe-" + Path.GetRandomFileName());
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Delete(path);
        return handle;
    }

    private Stream Open(long start, long end) => _file is null
        ? new MemoryStream(_memory, (int)start, (int)(end - start), writable: false)
        : new FileSliceStream(_file, start, end - start);

    private string? FindMboxFromLine()
    {
        Span<byte> start = stackalloc byte[MaxFromLineBytes];
        using var stream = OpenWhole();
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (!start.StartsWith("From "u8))
            return null;

        int lineFeed = start.IndexOf((byte)'\n');
        if (lineFeed < 0)
            return null;

        ContentOffset = lineFeed + 1;
        return System.Text.Encoding.Latin1.GetString(start[..lineFeed]).TrimEnd('\r');
    }
}
