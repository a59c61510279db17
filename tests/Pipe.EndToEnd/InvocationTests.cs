using System.Net.Sockets;
using System.Text;

namespace Pipe.EndToEnd;

/// <summary>How the executable is called: in the place of pipe.php, with a configuration beside it, by a person.</summary>
public sealed class InvocationTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("api/pipe.php", false)]
    [InlineData("api/pipe", true)]
    [InlineData("elsewhere/pipe.php", false)]
    public void In_the_place_of_pipe_php_it_serves_the_installation(string name, bool hasConfiguration)
    {
        if (hasConfiguration)
            _sandbox.Write("include/ost-config.php", "<?php\ndefine('DBHOST','127.0.0.1:9');\ndefine('DBNAME','a');\ndefine('DBUSER','b');\ndefine('DBPASS','c');\ndefine('TABLE_PREFIX','ost_');\n");
        string link = Path.Combine(_sandbox.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Repository.Executable);
        _sandbox.Executable = link;

        // There is no such installation, or no database at that port: the mail waits. It goes nowhere else.
        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(75);

        Assert.Contains("outcome=deferred", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.False(File.Exists(_sandbox.DefaultStore));
    }

    [Fact]
    public void A_configuration_beside_the_executable_is_found_through_a_link_too()
    {
        string executable = Path.Combine(_sandbox.Folder, "opt", "pipe");
        _sandbox.Write("opt/pipe.json", """{ "store": "tickets.db" }""");
        File.Copy(Repository.Executable, executable);
        string link = Path.Combine(_sandbox.Folder, "link");
        File.CreateSymbolicLink(link, executable);
        _sandbox.Executable = link;

        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);

        Assert.True(File.Exists(Path.Combine(_sandbox.Folder, "opt", "tickets.db")));
    }

    [Fact]
    public void An_empty_environment_is_enough()
    {
        _sandbox.Environment.Clear();

        _sandbox.Run(Repository.Message("new-ticket.eml"), "--store", "tickets.db", "--log", "none").AssertSilent(0);
    }

    [Fact]
    public void Config_prints_every_value_with_its_source_and_hides_the_key()
    {
        _sandbox.Environment["PIPE_KEY"] = "0123456789ABCDEF";
        _sandbox.Environment["PIPE_CONFIG"] = _sandbox.Write("pipe.json", """{ "deadline": 60 }""");

        var run = _sandbox.Run([], "config", "--department", "Sales");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.ErrorText);
        Assert.Matches($@"(?m)^deadline +60  \[file {_sandbox.Folder}/pipe\.json\]$", run.OutputText);
        Assert.Matches(@"(?m)^department +Sales  \[option --department\]$", run.OutputText);
        Assert.Matches(@"(?m)^key +\(hidden\)  \[environment PIPE_KEY\]$", run.OutputText);
        Assert.DoesNotContain("0123456789ABCDEF", run.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_names_an_unknown_key_and_the_one_that_was_meant()
    {
        var run = _sandbox.Run([], "config", "--config", _sandbox.Write("pipe.json", """{ "keyfile": "x" }"""));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown key \"keyfile\"; did you mean \"keyFile\"?", run.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_and_help_are_printed()
    {
        string version = _sandbox.Run([], "--version").OutputText;
        Assert.Matches(@"^\d+\.\d+\.\d+\n", version);
        Assert.All(["MimeKit", "MailKit", "MySqlConnector", "SQLite", "OpenSSL"], library => Assert.Matches($@"(?m)^{library} \d+\.\d+", version));
        Assert.Contains("--key-file", _sandbox.Run([], "--help").OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void Tickets_lists_shows_and_writes_files_safely()
    {
        _sandbox.Run(Encoding.UTF8.GetBytes(
            "From: Joe <joe@example.test>\nTo: support@example.test\nSubject: =?utf-8?Q?red_=1B[31m?=\nMessage-ID: <1@example.test>\nMIME-Version: 1.0\n"
            + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nline one \u001b[2J\nline two\n"
            + "--b\nContent-Type: application/pdf; name=\"../../evil.pdf\"\nContent-Disposition: attachment; filename=\"../../evil.pdf\"\n\nPDF\n--b--\n")).AssertSilent(0);
        string folder = Path.Combine(_sandbox.Folder, "files", "inner");

        var list = _sandbox.Run([], "tickets");
        string number = list.OutputText.Split(' ')[0];
        var show = _sandbox.Run([], "tickets", "show", number, "--attachments", folder);

        Assert.Equal(0, list.ExitCode);
        Assert.Contains("joe@example.test", list.OutputText, StringComparison.Ordinal);
        Assert.Equal(0, show.ExitCode);
        Assert.Contains("line two", show.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', list.OutputText + show.OutputText);
        Assert.StartsWith("PDF", File.ReadAllText(Assert.Single(Directory.GetFiles(folder))), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(_sandbox.Folder, "*evil*", SearchOption.AllDirectories), file => !file.StartsWith(folder, StringComparison.Ordinal));
    }

    [Fact]
    public void Tickets_shows_html_as_text()
    {
        _sandbox.Run(Repository.Message("html-alternative.eml")).AssertSilent(0);
        string number = _sandbox.Run([], "tickets").OutputText.Split(' ')[0];

        var show = _sandbox.Run([], "tickets", "show", number);

        Assert.Contains("    Hello, what does section 3 mean?", show.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tickets", "show", "999999")]
    [InlineData("tickets", "--store", "/nonexistent/pipe.db")]
    public void Tickets_says_what_is_not_there(params string[] arguments)
    {
        var run = _sandbox.Run([], arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("pipe: ", run.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_goes_to_the_systems_log_where_there_is_one()
    {
        _sandbox.Environment.Remove("PIPE_LOG_FILE");
        string path = Path.Combine(_sandbox.Folder, "log");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        byte[] buffer = new byte[10_000];
        var line = socket.ReceiveAsync(buffer);

        await Task.Run(() => _sandbox.Run(Repository.Message("new-ticket.eml"), "--syslog-socket", path).AssertSilent(0));

        // Facility mail (2), severity informational (6): RFC 3164 section 4.1.1.
        Assert.Matches(@"^<22>[A-Z][a-z]{2} [ 0-9]\d \d\d:\d\d:\d\d pipe\[\d+\]: message outcome=new-ticket ", Encoding.UTF8.GetString(buffer, 0, await line));
        Assert.False(File.Exists(Path.Combine(_sandbox.Home, ".local", "share", "pipe", "pipe.log")));
    }

    [Fact]
    public void The_log_can_be_json_lines()
    {
        _sandbox.Run(Repository.Message("new-ticket.eml"), "--log-format", "json").AssertSilent(0);

        using var line = System.Text.Json.JsonDocument.Parse(_sandbox.LogLines.Single(text => text.Contains("\"message\":\"message\"", StringComparison.Ordinal)));
        Assert.Equal("new-ticket", line.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(0, line.RootElement.GetProperty("exit").GetInt32());
        Assert.Equal("information", line.RootElement.GetProperty("level").GetString());
    }

    [Fact]
    public void The_log_file_is_set_aside_when_it_has_grown()
    {
        for (int i = 0; i < 4; i++)
            _sandbox.Run(Repository.Message("new-ticket.eml"), "--log-max-size", "100", "--log-keep", "2").AssertSilent(0);

        Assert.Equal(["pipe.log", "pipe.log.1", "pipe.log.2"], Directory.GetFiles(_sandbox.Folder, "pipe.log*").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(_sandbox.Folder, "pipe.log*"), file => Assert.Single(File.ReadAllLines(file)));
    }
}
