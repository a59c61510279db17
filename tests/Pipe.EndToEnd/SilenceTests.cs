using System.Globalization;
using System.Text;

namespace Pipe.EndToEnd;

/// <summary>Whatever happens to the process: not a byte of output, and 75 where the message is not taken.</summary>
public sealed class SilenceTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Empty_input_is_75()
    {
        _sandbox.Run([]).AssertSilent(75);
        Assert.Contains("outcome=deferred reason=\"standard input was empty\" exit=75", _sandbox.MessageLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec \"$@\" <&-")]
    [InlineData("exec \"$@\" <&- >&- 2>&-")]
    [InlineData("exec \"$@\" </")]              // a folder: reading it is an error
    [InlineData("exec \"$@\" 0>/dev/null")]     // open for writing only
    public void Input_that_cannot_be_read_is_75(string shell) => _sandbox.RunShell(shell, []).AssertSilent(75);

    [Theory]
    [InlineData("--config", "/nonexistent/pipe.json")]
    [InlineData("--deadline", "never")]
    [InlineData("--store")]
    [InlineData("--url", "not a url")]
    [InlineData("--osticket", "/nonexistent")]
    [InlineData("--url", "http://127.0.0.1:9/", "--key-file", "/nonexistent/key")]
    [InlineData("--url", "http://127.0.0.1:9/")]                                   // no key at all
    public void Wrong_configuration_is_75(params string[] arguments)
    {
        _sandbox.Run(Repository.Message("new-ticket.eml"), arguments).AssertSilent(75);
        Assert.Contains("outcome=deferred", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.Contains("exit=75", _sandbox.MessageLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{ \"stroe\": \"x\" }")]
    [InlineData("{ \"logFile\": \"/proc/no/such/file\", \"nonsense\": 1 }")]
    public void A_broken_configuration_file_is_75(string json)
    {
        _sandbox.Environment["PIPE_CONFIG"] = _sandbox.Write("pipe.json", json);

        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(75);

        Assert.Contains(_sandbox.LogLines, line => line.Contains(" error: ", StringComparison.Ordinal) && line.Contains("pipe.json", StringComparison.Ordinal));
    }

    // As root, who may read everything, the process gives that up first.
    [Fact]
    public void A_configuration_file_that_must_not_be_read_is_75()
    {
        Assert.SkipWhen(System.Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"), "setpriv(1), which takes root's rights away, is missing");
        string file = _sandbox.Write("pipe.json", "{}");
        File.SetUnixFileMode(file, UnixFileMode.None);
        string? shell = System.Environment.IsPrivilegedProcess ? "exec setpriv --bounding-set -all --inh-caps -all --reuid 65534 \"$@\"" : null;

        _sandbox.RunShell(shell, Repository.Message("new-ticket.eml"), "--config", file).AssertSilent(75);
    }

    [Theory]
    [InlineData(1)]      // HUP
    [InlineData(2)]      // INT
    [InlineData(3)]      // QUIT
    [InlineData(4)]      // ILL
    [InlineData(6)]      // ABRT: what every fatal error of the runtime ends in
    [InlineData(7)]      // BUS
    [InlineData(10)]     // USR1
    [InlineData(11)]     // SEGV
    [InlineData(12)]     // USR2
    [InlineData(14)]     // ALRM: the last resort of the deadline
    [InlineData(15)]     // TERM
    [InlineData(24)]     // XCPU
    [InlineData(31)]     // SYS
    public void A_signal_that_ends_the_process_ends_it_with_75(int signal)
    {
        using var process = _sandbox.Start(null);
        var output = Sandbox.ReadAsync(process.StandardOutput.BaseStream);
        var error = Sandbox.ReadAsync(process.StandardError.BaseStream);
        process.StandardInput.BaseStream.Write("From: joe@example.test\n"u8);
        process.StandardInput.BaseStream.Flush();
        WaitUntilReading(process.Id);

        using (var kill = System.Diagnostics.Process.Start("kill", ["-" + signal.ToString(CultureInfo.InvariantCulture), process.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();

        Sandbox.Wait(process, output, error).AssertSilent(75);
    }

    // The address space runs out at every stage, from the start of the program to a message that does not fit.
    [Fact]
    public void Running_out_of_memory_is_0_or_75()
    {
        byte[] mail = LargeMail(4_000_000);
        for (int megabytes = 100; megabytes <= 400; megabytes += 20)
        {
            var run = _sandbox.RunShell(string.Create(CultureInfo.InvariantCulture, $"ulimit -v {megabytes * 1024}; exec \"$@\""), mail);

            Assert.Equal("", run.OutputText + run.ErrorText);
            Assert.True(run.ExitCode is 0 or 75, $"{megabytes} MB: exit {run.ExitCode}");
        }
    }

    [Theory]
    [InlineData("ulimit -n 4; exec \"$@\"")]
    [InlineData("ulimit -n 6; exec \"$@\"")]
    [InlineData("ulimit -f 0; exec \"$@\"")]
    [InlineData("ulimit -f 8; exec \"$@\"")]
    [InlineData("ulimit -s 256; exec \"$@\"")]
    public void Limits_of_the_account_are_0_or_75(string shell)
    {
        var run = _sandbox.RunShell(shell, Repository.Message("new-ticket.eml"));

        Assert.Equal("", run.OutputText + run.ErrorText);
        Assert.True(run.ExitCode is 0 or 75, $"exit {run.ExitCode}");
    }

    // Before the first line of this program: no memory for the runtime, and no process for its threads.
    [Theory]
    [InlineData("ulimit -v 40000; exec \"$@\"")]
    [InlineData("ulimit -v 65000; exec \"$@\"")]
    [InlineData("ulimit -d 10000; exec \"$@\"")]
    [InlineData("DOTNET_GCHeapHardLimit=1 exec \"$@\"")]
    public void A_runtime_that_cannot_start_is_75(string shell) =>
        _sandbox.RunShell(shell, Repository.Message("new-ticket.eml")).AssertSilent(75);

    [Fact]
    public void Input_that_never_ends_is_75_at_the_deadline()
    {
        using var process = _sandbox.Start(null, "--deadline", "1");
        var output = Sandbox.ReadAsync(process.StandardOutput.BaseStream);
        var error = Sandbox.ReadAsync(process.StandardError.BaseStream);
        process.StandardInput.BaseStream.Write("From: joe@example.test\n"u8);
        process.StandardInput.BaseStream.Flush();

        Sandbox.Wait(process, output, error).AssertSilent(75);
        Assert.Contains("not done within 1 seconds", _sandbox.MessageLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec \"$@\" >&- 2>&-")]
    [InlineData("exec \"$@\" >/dev/full 2>/dev/full")]
    [InlineData("exec \"$@\" >&-")]
    [InlineData("exec \"$@\" 2>&-")]
    public void Output_that_cannot_be_written_makes_no_difference(string shell)
    {
        _sandbox.RunShell(shell, Repository.Message("new-ticket.eml")).AssertSilent(0);
        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void Arguments_that_mean_nothing_do_not_disturb_a_delivery()
    {
        _sandbox.Run(Repository.Message("new-ticket.eml"), "-f", "joe@example.test", "--", "support", "--wrong=1").AssertSilent(0);
        Assert.Contains("warnings=", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.Contains(_sandbox.LogLines, line => line.Contains("argument ignored: --wrong=1", StringComparison.Ordinal));
    }

    // As in "argv=/opt/pipe/pipe ${user}": the addresses of help desks are named like our commands.
    [Theory]
    [InlineData("help")]
    [InlineData("tickets")]
    [InlineData("--version")]
    public void A_mail_system_that_passes_a_word_of_ours_is_no_person(string word)
    {
        _sandbox.Environment["MAIL_CONFIG"] = "/etc/postfix";

        _sandbox.Run(Repository.Message("new-ticket.eml"), word).AssertSilent(0);

        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Theory]
    [InlineData("AAA+24")]            // further from UTC than .NET can say
    [InlineData("X-167")]
    [InlineData("/dev/zero")]         // a zone without end: .NET reads all of it when it is asked for the time of day
    [InlineData("no such zone")]
    public void Any_time_zone_will_do(string zone)
    {
        _sandbox.Environment["TZ"] = zone;

        _sandbox.RunShell("ulimit -v 1000000; exec \"$@\"", Repository.Message("new-ticket.eml")).AssertSilent(0);

        Assert.Contains("outcome=new-ticket", _sandbox.MessageLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_without_a_current_folder_leads_nowhere()
    {
        _sandbox.RunShell("mkdir gone; cd gone; rmdir ../gone; exec \"$@\"", Repository.Message("new-ticket.eml"), "--store", "lost.db").AssertSilent(75);

        Assert.False(File.Exists("/lost.db"));
    }

    [Fact]
    public void A_delivery_that_may_send_no_mail_does_not_ask_for_an_outbox()
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "it takes root, and setpriv(1), to become nobody");
        File.SetUnixFileMode(_sandbox.Folder, (UnixFileMode)0b111_111_111);
        _sandbox.Environment.Remove("HOME");

        _sandbox.RunShell(
            "exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"", Repository.Message("new-ticket.eml"), "--store", Path.Combine(_sandbox.Folder, "s.db")).AssertSilent(0);

        Assert.Single(_sandbox.LogLines);
    }

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("777")]
    public void Nothing_that_a_delivery_leaves_may_be_read_by_others(string mask)
    {
        string store = Path.Combine(_sandbox.Folder, "pipe.db");
        byte[] mail = LargeMail(10_000);

        _sandbox.RunShell($"umask {mask}; exec \"$@\"", mail, "--store", store, "--max-message-size", "8K").AssertSilent(0);

        var files = Directory.EnumerateFileSystemEntries(_sandbox.Folder, "*", SearchOption.AllDirectories).Where(path => path != _sandbox.Home).ToList();
        Assert.Contains(files, path => path.EndsWith(".eml", StringComparison.Ordinal));
        Assert.Contains(store, files);
        Assert.All(files, path => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(path) ? UnixFileMode.UserExecute : 0), File.GetUnixFileMode(path)));
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--log-file")]
    public void A_named_pipe_that_nobody_else_opens_holds_nothing_up(string option)
    {
        string pipe = Path.Combine(_sandbox.Folder, "named-pipe");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            mkfifo.WaitForExit();

        var run = _sandbox.RunShell("timeout 20 \"$@\"", Repository.Message("new-ticket.eml"), option, pipe);

        run.AssertSilent(option == "--config" ? 75 : 0);
    }

    [Theory]
    [InlineData("\"$0\" --stroe x </dev/null")]
    [InlineData("\"$0\" --store </dev/null")]
    public void Bad_arguments_at_a_terminal_are_64_with_the_usage(string command)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1), which makes a terminal, is missing");

        var run = _sandbox.RunShell($"exec script -qec '{command.Replace("$0", Repository.Executable, StringComparison.Ordinal)}' /dev/null", []);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("Usage: pipe", run.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delivery_at_a_terminal_says_in_one_line_what_happened()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1), which makes a terminal, is missing");

        var run = _sandbox.RunShell($"exec script -qec '{Repository.Executable} < {Repository.Messages}/new-ticket.eml' /dev/null", []);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^pipe: new-ticket: ticket [0-9]+\r\n$", run.OutputText);
    }

    [Fact]
    public void Verbose_tells_on_standard_error()
    {
        var run = _sandbox.Run(Repository.Message("new-ticket.eml"), "--verbose");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.OutputText);
        Assert.Contains("outcome=new-ticket", run.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_cannot_be_written_makes_no_difference()
    {
        _sandbox.Environment["PIPE_LOG_FILE"] = "/proc/nonexistent/pipe.log";
        _sandbox.Environment["PIPE_SYSLOG_SOCKET"] = "/nonexistent/log";

        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);
    }

    private static byte[] LargeMail(int bytes)
    {
        var mail = new StringBuilder("From: joe@example.test\nSubject: large\nMessage-ID: <large@example.test>\n\n");
        while (mail.Length < bytes)
            mail.Append("A line of text that is neither short nor long, and the next one is the same.\n");
        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    // The handlers are in place before standard input is read.
    private static void WaitUntilReading(int process)
    {
        string path = $"/proc/{process}/syscall";
        for (int i = 0; i < 500; i++)
        {
            if (File.ReadAllText(path).Split(' ')[0] is "7" or "73")     // poll; on AArch64 ppoll
                return;
            Thread.Sleep(10);
        }

        Assert.Fail("the process does not wait for its input");
    }
}
