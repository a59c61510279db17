using Pipe.Spool.Sources;

namespace Pipe.Spool;

/// <summary>Finds out what a path is.</summary>
public static class MessageSource
{
    /// <summary>Opens an mbox file, a single message, a Maildir (one that has <c>cur</c> or <c>new</c>), or a folder of <c>*.eml</c> files.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="quoting">How an mbox hides lines that look like its separators.</param>
    /// <exception cref="SpoolException">There is nothing at this path, or it cannot be read.</exception>
    public static IMessageSource Open(string path, MboxQuoting quoting)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full))
                return MaildirSource.IsMaildir(full) ? new MaildirSource(full) : new MailFileSource(full);
            return IsMbox(full) ? new MboxSource(full, quoting) : new MailFileSource(full);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot read {path}: {ex.Message}", ex);
        }
    }

    // A single message that a mail system has handed over may begin with a separator line too; its name tells.
    private static bool IsMbox(string path)
    {
        Span<byte> start = stackalloc byte[5];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual("From "u8)
            && !path.EndsWith(MailFileSource.Extension, StringComparison.OrdinalIgnoreCase);
    }
}
