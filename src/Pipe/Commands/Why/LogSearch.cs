using System.IO.Compression;
using Pipe.Configuration;

namespace Pipe.Commands.Why;

/// <summary>Finds all lines about one message in our log, wherever it was written to.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="sources">The machine.</param>
/// <param name="systemRoot">What the folder of the system's logs is under; empty for this machine.</param>
internal sealed class LogSearch(Settings settings, SettingsSources sources, string systemRoot = "")
{
    // A line may name the message by its Message-ID, another one only by the mail system's id or the spool's.
    private static readonly string[] Links = ["message_id", "queue_id", "spool", "quarantine"];

    // What cannot be read from here.
    private static readonly string[] OtherCompressions = [".xz", ".bz2", ".zst", ".lz4"];

    private static readonly string[] SystemLogs = ["/var/log/mail.log", "/var/log/maillog", "/var/log/mail.info", "/var/log/syslog", "/var/log/messages"];

    private static readonly string[] Journalctl = ["/usr/bin/journalctl", "/bin/journalctl"];

    private readonly List<string> _unreadable = [];

    /// <summary>Log files that exist but cannot be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>What was looked at.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>The lines, in the order they were written, and all names of the message that they tell.</summary>
    /// <param name="ids">The names that are known already.</param>
    public (IReadOnlyList<LogLine> Lines, IReadOnlyCollection<string> Names) Find(IEnumerable<string> ids)
    {
        var lines = Read();
        var names = new HashSet<string>(ids.Select(Plain), StringComparer.OrdinalIgnoreCase);
        var found = new SortedSet<int>();
        int before;
        do
        {
            before = found.Count;
            for (int i = 0; i < lines.Count; i++)
            {
                if (found.Contains(i) || !lines[i].Fields.Any(field => IsName(field.Key) && names.Contains(Plain(field.Value))))
                    continue;
                found.Add(i);
                foreach (string link in Links)
                {
                    if (lines[i].Fields.TryGetValue(link, out string? name))
                        names.Add(Plain(name));
                }
            }
        }
        while (found.Count > before);

        return ([.. found.Select(i => lines[i])], names);
    }

    /// <summary>An id as it is compared: without angle brackets.</summary>
    public static string Plain(string id) => id.Trim('<', '>', ' ');

    private static bool IsName(string field) => field is "ticket" || Array.IndexOf(Links, field) >= 0;

    private List<LogLine> Read()
    {
        var files = new List<string>();
        if ((settings.LogFile ?? DataFolder.Locate("pipe.log", sources.Environment)) is { } file)
            files.AddRange(WithOlder(file));
        var lines = files.SelectMany(Read).ToList();
        if (settings.Log is not ("none" or "file"))
        {
            var logs = SystemLogs.SelectMany(log => WithOlder(systemRoot + log)).ToList();
            var found = logs.SelectMany(Read).ToList();
            files.AddRange(logs);

            // What is in the files came from there, or there are no files.
            lines.AddRange(found.Count > 0 ? found : ReadJournal(files));
        }

        Files = files;
        return lines;
    }

    private List<LogLine> ReadJournal(List<string> files)
    {
        if (Journalctl.Select(path => systemRoot + path).FirstOrDefault(File.Exists) is not { } program)
            return [];
        files.Add("journalctl -t pipe");
        var journal = Subprocess.Run(null, program, ["-t", "pipe", "-o", "short-iso", "--no-pager"]);

        // It says so when this account may not see everything.
        if (journal.Errors.Length > 0)
            _unreadable.Add("journalctl: " + journal.Errors.Trim().Split('\n')[0]);
        return [.. journal.Output.Split('\n').Select(LogLine.Parse).OfType<LogLine>()];
    }

    // The file and those that were set aside, by us or by logrotate (NAME.2, NAME.3.gz, NAME-20260101.gz); the oldest first.
    private List<string> WithOlder(string file)
    {
        try
        {
            return Directory.EnumerateFiles(Path.GetDirectoryName(file) ?? "/", Path.GetFileName(file) + "*")
                .Where(path => IsOlder(path.AsSpan(file.Length)) && new FileInfo(path).Length > 0)      // a named pipe has none
                .OrderBy(File.GetLastWriteTimeUtc).ThenByDescending(path => path, StringComparer.Ordinal)
                .ToList();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add($"{file}: {ex.Message}");
            return File.Exists(file) ? [file] : [];
        }
    }

    private static bool IsOlder(ReadOnlySpan<char> suffix)
    {
        if (suffix.IsEmpty)
            return true;
        int end = 1;
        while (end < suffix.Length && (char.IsAsciiDigit(suffix[end]) || suffix[end] == '-'))
            end++;
        return suffix[0] is '.' or '-' && end > 1 && (end == suffix.Length || suffix[end] == '.');
    }

    private List<LogLine> Read(string path)
    {
        var lines = new List<LogLine>();
        if (OtherCompressions.Contains(Path.GetExtension(path)))
        {
            _unreadable.Add($"{path}: compressed in a way that is not known here");
            return lines;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var unpacked = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
            using var reader = new StreamReader(unpacked);
            while (reader.ReadLine() is { } text)
            {
                if (LogLine.Parse(text) is { } line)
                    lines.Add(line);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _unreadable.Add($"{path}: {ex.Message}");
        }

        return lines;
    }
}
