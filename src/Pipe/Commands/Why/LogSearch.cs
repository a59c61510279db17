using Pipe.Configuration;

namespace Pipe.Commands.Why;

/// <summary>Finds all lines about one message in our log, wherever it was written to.</summary>
internal sealed class LogSearch(Settings settings, SettingsSources sources)
{
    // A line may name the message by its Message-ID, another one only by the mail system's id or the spool's.
    private static readonly string[] Links = ["message_id", "queue_id", "spool"];

    private static readonly string[] SystemLogs = ["/var/log/mail.log.1", "/var/log/mail.log", "/var/log/maillog", "/var/log/syslog.1", "/var/log/syslog", "/var/log/messages"];

    private readonly List<string> _unreadable = [];

    /// <summary>Log files that exist but cannot be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>The log files that were looked at.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>The lines, in the order they were written, and all names of the message that they tell.</summary>
    /// <param name="ids">The names that are known already.</param>
    public (IReadOnlyList<LogLine> Lines, IReadOnlyCollection<string> Names) Find(IEnumerable<string> ids)
    {
        Files = [.. Candidates().Where(File.Exists)];
        var lines = Files.SelectMany(Read).ToList();
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

    private IEnumerable<string> Candidates()
    {
        if ((settings.LogFile ?? DataFolder.Locate("pipe.log", sources.Environment)) is { } file)
        {
            for (int i = settings.LogKeep; i > 0; i--)
                yield return $"{file}.{i}";
            yield return file;
        }

        if (settings.Log is "none" or "file")
            yield break;
        foreach (string log in SystemLogs)
            yield return log;
    }

    private List<LogLine> Read(string path)
    {
        var lines = new List<LogLine>();
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } text)
            {
                if (LogLine.Parse(text) is { } line)
                    lines.Add(line);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add($"{path}: {ex.Message}");
        }

        return lines;
    }
}
