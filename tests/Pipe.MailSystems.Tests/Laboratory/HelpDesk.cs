using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>The help desk in the laboratory: the executable with its configuration, its ticket store, its log.</summary>
internal sealed partial class HelpDesk
{
    public const string Address = "support@lab.test";

    private const int Kill = 9;

    private readonly LabRoot _root;
    private readonly string _account;
    private readonly IReadOnlyDictionary<string, string> _settings;

    public HelpDesk(LabRoot root, MailSystem system)
    {
        _root = root;
        _account = system.Account;
        _settings = system.Settings;
        File.Copy(LabPackages.Executable, Path.Combine(root.Folder, "pipe"));
        _ = root.Shell($"""
            set -e
            install -D -m 0755 /lab/pipe /opt/pipe/pipe
            install -d -m 0755 -o {_account} /lab/desk
            install -d -m 0750 -o {_account} /lab/desk/store
            """).Text;
        Configure(null);
    }

    private string Folder => Path.Combine(_root.Folder, "desk");

    private string LogFile => Path.Combine(Folder, "pipe.log");

    /// <summary>Writes the configuration: into the store, or to an API.</summary>
    /// <param name="url">The API, or <c>null</c> for the store.</param>
    /// <param name="logFile">The log file, as seen inside.</param>
    public void Configure(string? url, string logFile = "/lab/desk/pipe.log")
    {
        var settings = new Dictionary<string, string>(_settings) { ["notify"] = "off", ["logFile"] = logFile, ["logFormat"] = "json", ["temporaryFolder"] = "/tmp", ["quarantine"] = "/lab/desk/quarantine" };
        if (url is null)
        {
            settings["store"] = "/lab/desk/store/pipe.db";
            settings["systemEmail"] = $"Support <{Address}>";
        }
        else
        {
            settings["url"] = url;
            settings["key"] = "A0B1C2D3E4F5A0B1C2D3E4F5A0B1C2D3";
        }

        _ = _root.Run(JsonSerializer.SerializeToUtf8Bytes(settings), "bash", "-c", "cat > /opt/pipe/pipe.json").Text;
    }

    /// <summary>Makes the ticket store unreachable for the account, as a disk that is not mounted would.</summary>
    public void TakeDown() => _ = _root.Shell("chown root: /lab/desk/store && chmod 0700 /lab/desk/store").Text;

    public void BringBack() => _ = _root.Shell($"chown {_account} /lab/desk/store").Text;

    /// <summary>Holds the store's write lock: a delivery gets as far as the first row to write.</summary>
    public IDisposable Lock()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "store", "pipe.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>How many thread entries there are for a Message-ID.</summary>
    public long Entries(string messageId) => Count(
        $"SELECT COUNT(*) FROM ost_thread_entry_email e JOIN ost_thread_entry t ON t.id = e.thread_entry_id WHERE e.mid = '{messageId}'");

    /// <summary>How many tickets have this subject.</summary>
    public long Tickets(string subject) => Count($"SELECT COUNT(*) FROM ost_ticket__cdata WHERE subject = '{subject}'");

    /// <summary>The log, one object for each line.</summary>
    public IReadOnlyList<JsonElement> Log()
    {
        if (!File.Exists(LogFile))
            return [];
        using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
            lines.Add(JsonSerializer.Deserialize<JsonElement>(line));
        return lines;
    }

    /// <summary>The outcome lines in the log.</summary>
    public IReadOnlyList<JsonElement> Outcomes() => Log().Where(line => line.TryGetProperty("outcome", out _)).ToList();

    /// <summary>Waits for the executable to hang in something, and kills it as nobody can prevent.</summary>
    public void KillHanging()
    {
        Wait.Until(() => _root.Processes("/opt/pipe/pipe").Count > 0, "the executable runs");
        Thread.Sleep(300);
        var running = _root.Processes("/opt/pipe/pipe");
        Assert.NotEmpty(running);
        foreach (int process in running)
            Assert.Equal(0, SendSignal(process, Kill));
        Wait.Until(() => _root.Processes("/opt/pipe/pipe").Count == 0, "the executable is gone");
    }

    // As the account: what root opens, belongs to root for a moment, and a delivery at that moment has to wait.
    private long Count(string query)
    {
        var result = _root.Run(
            null, "setpriv", "--reuid", _account, "--clear-groups", "sqlite3", "-cmd", ".timeout 5000", "file:/lab/desk/store/pipe.db?mode=rw", query);
        return long.TryParse(result.Output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
