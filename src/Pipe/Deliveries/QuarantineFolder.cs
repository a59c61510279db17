using System.Text.Json;
using Pipe.Platform;
using Pipe.Tickets.Identity;

namespace Pipe.Deliveries;

/// <summary>Keeps messages that a person has to look at, each with a note why.</summary>
/// <remarks>
/// A message is <c>HASH.eml</c>, its bytes as they came in, and beside it <c>HASH.json</c>. The name follows from the content, so
/// that the same message brought again is kept once.
/// </remarks>
internal sealed class QuarantineFolder(string path)
{
    private const int CopyBufferBytes = 64 * 1024;

    /// <summary>Keeps the message; on return it is on the disk for good.</summary>
    /// <returns>The path of the message.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public string Keep(RawMessage message, Envelope envelope, string reason, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string name = Path.Combine(path, ContentHash.Compute(message));
        string file = name + ".eml";
        if (!File.Exists(file))
        {
            // The note first: where there is a message, its note is there too.
            Write(name + ".json", stream => WriteNote(stream, envelope, reason));
            Write(file, stream => CopyMessage(message, stream, cancellationToken));
        }

        DurableFile.SyncFolder(path);
        return file;
    }

    private static void Write(string file, Action<Stream> write)
    {
        string temporary = file + "." + Path.GetRandomFileName();
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void CopyMessage(RawMessage message, Stream destination, CancellationToken cancellationToken)
    {
        using var source = message.OpenWhole();
        byte[] buffer = new byte[CopyBufferBytes];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            destination.Write(buffer.AsSpan(0, read));
        }
    }

    private static void WriteNote(Stream stream, Envelope envelope, string reason)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("reason", reason);
        json.WriteString("time", DateTimeOffset.UtcNow);
        json.WriteString("sender", envelope.Sender);
        json.WriteString("recipient", envelope.Recipient);
        json.WriteString("extension", envelope.Extension);
        json.WriteString("caller", envelope.Caller);
        json.WriteString("queueId", envelope.QueueId);
        json.WriteEndObject();
    }
}
