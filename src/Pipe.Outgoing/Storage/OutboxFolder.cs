using System.Globalization;
using Pipe.Spool;

namespace Pipe.Outgoing.Storage;

/// <summary>The folders of an outbox and the names of the batches in them.</summary>
/// <remarks>
/// "tmp": being written. "staged": the entry may not be committed yet. "due": to be sent, named after the time of the next try and the
/// number of tries so far. "stuck": a person has to look.
/// </remarks>
internal sealed class OutboxFolder(string path)
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(2);

    // The year 9999, beyond which there is no date.
    private const long MaxMilliseconds = 253_402_300_800_000;

    private bool _exists;

    /// <summary>Files that matter only while their process lives.</summary>
    public string Temporary => Path.Combine(path, "tmp");

    private string Staged => Path.Combine(path, "staged");

    private string Due => Path.Combine(path, "due");

    private string Stuck => Path.Combine(path, "stuck");

    /// <summary>Counts of recent mails by recipient.</summary>
    public string Rates => Path.Combine(path, "rates");

    public void Create()
    {
        if (_exists)
            return;
        foreach (string folder in (ReadOnlySpan<string>)[Temporary, Staged, Due, Stuck, Rates])
            DurableFile.CreateFolder(folder);
        _exists = true;
    }

    /// <summary>Writes a batch that nobody sends before it is released.</summary>
    public MailBatch Stage(DateTimeOffset now, string messageId, long entryId, IReadOnlyList<(KeptMail Mail, byte[] Content)> mails)
    {
        Create();
        string name = string.Create(CultureInfo.InvariantCulture,
            $"{now.ToUnixTimeMilliseconds():x}-{Environment.ProcessId:x}-{SystemRandom.GetString("0123456789abcdef", 12)}");
        var batch = MailBatch.Create(Path.Combine(Temporary, name), messageId, entryId, mails);
        try
        {
            batch.Move(Path.Combine(Staged, name));
            DurableFile.FlushFolder(Staged);
            return batch;
        }
        catch
        {
            batch.Delete();
            batch.Dispose();
            throw;
        }
    }

    /// <summary>Puts a batch among those to be sent from a time on.</summary>
    public void MakeDue(MailBatch batch, DateTimeOffset when, int attempts)
    {
        string id = Path.GetFileName(batch.Path);
        id = id[(id.LastIndexOf('.') + 1)..];
        batch.Move(Path.Combine(Due, string.Create(CultureInfo.InvariantCulture, $"{when.ToUnixTimeSeconds():d10}.{attempts}.{id}")));
    }

    /// <summary>When a batch was written, which is the beginning of its name; long ago for one that somebody else has named.</summary>
    public static DateTimeOffset WrittenAt(MailBatch batch)
    {
        var id = Path.GetFileName(batch.Path.AsSpan());
        id = id[(id.LastIndexOf('.') + 1)..];
        int end = id.IndexOf('-');
        return end > 0 && long.TryParse(id[..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long milliseconds)
            && milliseconds is > 0 and < MaxMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
    }

    /// <summary>Puts a batch aside for a person to look at.</summary>
    public void SetAside(MailBatch batch)
    {
        string id = Path.GetFileName(batch.Path);
        batch.Move(Path.Combine(Stuck, id[(id.LastIndexOf('.') + 1)..]));
    }

    /// <summary>The batches whose time has come, oldest first, with the number of tries so far.</summary>
    public IEnumerable<(string Path, int Attempts)> FindDue(DateTimeOffset now)
    {
        foreach (string file in Files(Due))
        {
            string[] parts = Path.GetFileName(file).Split('.');
            if (parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long when)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int attempts)
                && when <= now.ToUnixTimeSeconds())
                yield return (file, attempts);
        }
    }

    /// <summary>The batches whose entry was not known to be committed when they were written.</summary>
    public IReadOnlyList<string> FindStaged() => Files(Staged);

    /// <summary>The batches that were put aside.</summary>
    public IReadOnlyList<string> FindStuck() => Files(Stuck);

    /// <summary>Removes what processes that died while writing have left.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (string folder in (ReadOnlySpan<string>)[Temporary, Rates])
        {
            foreach (string file in Files(folder))
            {
                if (now - File.GetLastWriteTimeUtc(file) > Abandoned)
                    TryDelete(file);
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another account's; it may sweep it away itself.
        }
    }

    private static string[] Files(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        string[] files = Directory.GetFiles(folder);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
