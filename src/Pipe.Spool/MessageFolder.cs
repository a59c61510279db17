using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Pipe.Spool.Platform;

namespace Pipe.Spool;

/// <summary>A folder that keeps messages as they came: the spool of those that wait, the quarantine of those that cannot be delivered.</summary>
/// <remarks>
/// Written as a Maildir is: a message is made in <c>tmp</c>, reaches the disk, and only then gets its name, <c>ID.eml</c>, with
/// its record <c>ID.json</c> beside it. Any number of processes may use a folder. A file <c>*.eml</c> that a person puts there
/// counts as a message too; it has an empty record.
/// </remarks>
public sealed class MessageFolder
{
    private const string MessageExtension = ".eml";
    private const string RecordExtension = ".json";
    private const int KeyDigits = 16;

    // A writer that takes longer than this is gone (the same time as in Maildir).
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(36);

    // A link would make a ticket of whatever it points to.
    private static readonly EnumerationOptions NoLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly string _temporary;

    /// <summary>Uses a folder; nothing is read or made yet.</summary>
    /// <param name="path">The folder; it is made when the first message is kept.</param>
    public MessageFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _temporary = System.IO.Path.Combine(Path, "tmp");
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>Where unfinished files of this folder may be written.</summary>
    internal string TemporaryFolder => _temporary;

    /// <summary>Keeps a message and its record; once this returns, both survive a power cut.</summary>
    /// <remarks>
    /// A message that is here already for the same recipient is not kept a second time: its handing over was interrupted after
    /// it had been kept, and is being repeated.
    /// </remarks>
    /// <exception cref="SpoolException">The message cannot be kept; nothing is left behind.</exception>
    public KeptMessage Keep(RawMessage message, MessageRecord record)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(record);
        try
        {
            DurableFile.CreateFolder(_temporary);

            string key = DeliveryKey.Of(message, record.Envelope)[..KeyDigits];
            if (FindKey(key) is { } earlier)
            {
                // It may have got its name a moment ago and not be on the disk.
                DurableFile.FlushFolder(Path);
                return earlier;
            }

            string id = string.Create(CultureInfo.InvariantCulture, $"{record.Arrived.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{key}");
            WriteRecord(id, record);
            using (var content = message.OpenWhole())
                DurableFile.Write(MessagePath(id), TemporaryPath(id, MessageExtension), content);
            return new KeptMessage(id, MessagePath(id), message.Length, record);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot keep the message in {Path}: {ex.Message}", ex);
        }
    }

    /// <summary>The names of all messages here, the oldest first. Messages may come and go meanwhile.</summary>
    /// <exception cref="SpoolException">The folder cannot be read. That it does not exist is no error.</exception>
    public IReadOnlyList<string> Ids()
    {
        try
        {
            var ids = new List<string>();
            foreach (string path in Directory.EnumerateFiles(Path, "*" + MessageExtension, NoLinks))
            {
                string id = System.IO.Path.GetFileNameWithoutExtension(path);
                if (IsId(id))
                    ids.Add(id);
            }

            ids.Sort(StringComparer.Ordinal);
            return ids;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot read {Path}: {ex.Message}", ex);
        }
    }

    /// <summary>A message by its name, or <c>null</c> when it is not here (any more).</summary>
    /// <exception cref="SpoolException">The message is here but cannot be read.</exception>
    public KeptMessage? Find(string id)
    {
        if (!IsId(id))
            return null;

        try
        {
            var file = new FileInfo(MessagePath(id));
            return file.Exists && file.LinkTarget is null
                ? new KeptMessage(id, file.FullName, file.Length, ReadRecord(id) ?? new MessageRecord { Arrived = file.LastWriteTimeUtc })
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot read the message {id} in {Path}: {ex.Message}", ex);
        }
    }

    /// <summary>Replaces what is kept beside a message.</summary>
    /// <exception cref="SpoolException">The record cannot be written; the former one stays.</exception>
    public KeptMessage Update(KeptMessage message, MessageRecord record)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            DurableFile.CreateFolder(_temporary);
            WriteRecord(message.Id, record);
            return message with { Record = record };
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot note what happened to the message {message.Id} in {Path}: {ex.Message}", ex);
        }
    }

    /// <summary>Opens a message to read its bytes as they came; another process may remove it meanwhile.</summary>
    /// <exception cref="SpoolException">The message cannot be read.</exception>
    public Stream Open(KeptMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);

        return TryOpen(MessagePath(message.Id))
            ?? throw new SpoolException($"cannot read the message {message.Id} in {Path}: {LibC.LastError()}");
    }

    /// <summary>Removes a message and its record for good.</summary>
    /// <exception cref="SpoolException">The message cannot be removed.</exception>
    public void Remove(KeptMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            File.Delete(MessagePath(message.Id));
            File.Delete(RecordPath(message.Id));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot remove the message {message.Id} from {Path}: {ex.Message}", ex);
        }
    }

    /// <summary>Removes what writers that were killed have left: unfinished files, and records without a message.</summary>
    /// <exception cref="SpoolException">The folder cannot be read.</exception>
    public void Sweep(DateTimeOffset now)
    {
        try
        {
            foreach (var file in new DirectoryInfo(_temporary).EnumerateFiles())
                RemoveAbandoned(file, now);
            foreach (var file in new DirectoryInfo(Path).EnumerateFiles("*" + RecordExtension))
            {
                if (!File.Exists(System.IO.Path.ChangeExtension(file.FullName, MessageExtension)))
                    RemoveAbandoned(file, now);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever kept here.
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot read {Path}: {ex.Message}", ex);
        }
    }

    /// <summary>Takes a message for this process; <c>null</c> when another one has it or it is gone.</summary>
    internal FileLock? TryLock(string id) => IsId(id) ? FileLock.TryAcquire(MessagePath(id)) : null;

    /// <summary>Takes the leave to deliver from this folder; <c>null</c> when another process has this slot.</summary>
    internal FileLock? TryLockSlot(int slot) => FileLock.TryAcquireOrCreate(
        System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"slot-{slot}.lock")));

    private static void RemoveAbandoned(FileInfo file, DateTimeOffset now)
    {
        if (file.LastWriteTimeUtc + AbandonedAfter < now)
            DurableFile.TryDelete(file.FullName);
    }

    // A name comes from the command line too: it never leads out of the folder.
    private static bool IsId(string id) => id.Length is > 0 and <= 200 && id[0] != '.' && !id.AsSpan().ContainsAny('/', '\\', '\0');

    private KeptMessage? FindKey(string key)
    {
        foreach (string path in Directory.EnumerateFiles(Path, "*-" + key + MessageExtension))
        {
            if (Find(System.IO.Path.GetFileNameWithoutExtension(path)) is { } message)
                return message;
        }

        return null;
    }

    private void WriteRecord(string id, MessageRecord record)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, MessageRecordJson.Default.MessageRecord));
        DurableFile.Write(RecordPath(id), TemporaryPath(id, RecordExtension), content);
    }

    private MessageRecord? ReadRecord(string id)
    {
        using var file = TryOpen(RecordPath(id));
        if (file is null)
        {
            return Marshal.GetLastPInvokeError() == LibC.ENoEnt
                ? null
                : throw new IOException($"{RecordPath(id)}: {LibC.LastError()}");
        }

        try
        {
            return JsonSerializer.Deserialize(file, MessageRecordJson.Default.MessageRecord);
        }
        catch (JsonException)
        {
            // The message counts, not what was noted about it.
            return null;
        }
    }

    // Not by .NET, which locks a file that it opens: the one who delivers a message has it locked. And without waiting for somebody
    // to write to it, should it be a pipe.
    private static FileStream? TryOpen(string path)
    {
        int descriptor = LibC.Open(path, LibC.ReadOnly | LibC.NonBlocking | LibC.CloseOnExec, 0);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0)
            : null;
    }

    private string MessagePath(string id) => System.IO.Path.Combine(Path, id + MessageExtension);

    private string RecordPath(string id) => System.IO.Path.Combine(Path, id + RecordExtension);

    private string TemporaryPath(string id, string extension) => System.IO.Path.Combine(
        _temporary, string.Create(CultureInfo.InvariantCulture, $"{id}.{Environment.ProcessId}.{Random.Shared.Next():x8}{extension}"));
}
