namespace Pipe.Tickets;

/// <summary>Bounds on what is read from standard input.</summary>
public sealed record RawMessageOptions
{
    /// <summary>The size in bytes above which a message counts as oversized. 64 MiB by default.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>The size in bytes up to which a message is held in memory; above it, in a temporary file. 512 KiB by default.</summary>
    public int MaxBytesInMemory { get; init; } = 512 * 1024;

    /// <summary>The folder for the temporary file; the system's folder for such files by default.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();
}
