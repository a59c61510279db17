using System.Diagnostics;
using Pipe.Commands.Doctor;
using Pipe.Commands.Doctor.MailSystems;
using Pipe.Commands.Setup;
using Pipe.Configuration;

namespace Pipe.MailSystems.Tests.Commands;

/// <summary>What doctor says about the configuration of mail systems, each in a tree of files of its own.</summary>
public sealed class MailSystemCheckTests : IDisposable
{
    private const string Pipe = "/opt/pipe/pipe";

    private const string GoodService =
        "pipe-desk unix - n n - 4 pipe\n  flags=DROhu user=nobody null_sender= argv=/opt/pipe/pipe\n  --sender=${sender} --recipient=${original_recipient}\n";

    private const string GoodMain = "alias_maps = texthash:/etc/aliases\npipe-desk_destination_recipient_limit = 1\n";

    private readonly string _root = Directory.CreateTempSubdirectory("pipe-doctor-").FullName;

    public MailSystemCheckTests()
    {
        File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
        Add(Pipe, "\u007fELF", "0755");
        Add("/etc/passwd", "sys:x:3:3:sys:/:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/bin/sh\ngames:x:5:60::/home/acct:/bin/sh\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("/etc/aliases", "support: \"|/opt/pipe/pipe\"")]
    [InlineData("/etc/aliases", "# a comment\n\nsupport: |/opt/pipe/pipe, \\archive")]
    [InlineData("/etc/valiases/acme.test", "support@acme.test: \"|/opt/pipe/pipe\"")]
    [InlineData("/etc/valiases/acme.test", "support@acme.test: \"|/home/acct/bin/pipe-in\"")]
    [InlineData("/etc/virtual/acme.test/aliases", "support: \"|/opt/pipe/pipe --rcpt support@acme.test\"")]
    [InlineData("/home/acct/.forward", "|\"/opt/pipe/pipe --rcpt support@acme.test\"")]
    [InlineData("/home/acct/.qmail-support", "|/opt/pipe/pipe")]
    [InlineData("/var/qmail/alias/.qmail-support", "|preline /opt/pipe/pipe")]
    [InlineData("/home/acct/.procmailrc", ":0 w\n| /opt/pipe/pipe\nEXITCODE=75\nHOST")]
    [InlineData("/home/acct/.mailfilter", "to \"| /opt/pipe/pipe\"")]
    [InlineData("/etc/exim4/exim4.conf", "pipe_desk:\n  driver = pipe\n  command = /opt/pipe/pipe\n  timeout = 5m")]
    [InlineData("/etc/smtpd.conf", "action \"t\" mda \"/opt/pipe/pipe || exit 75\" user pipe")]
    public void A_line_that_is_right_is_shown_and_nothing_is_said_against_it(string file, string content)
    {
        Add("/home/acct/bin/pipe-in", "#!/bin/sh\nexec >/dev/null 2>&1\n/opt/pipe/pipe || exit 75\n", "0755");
        Add(file, content + "\n");

        var findings = Examine();

        Assert.Contains(findings, finding => finding.Severity == Severity.Ok && finding.Text.StartsWith(file + ":", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.Severity == Severity.Problem);
    }

    [Theory]
    [InlineData("/etc/virtual/acme.test/aliases", "x: y\nsupport: |/opt/pipe/pipe --rcpt support@acme.test", ":2: without quotes", "support: \"|/opt/pipe/pipe --rcpt support@acme.test\"")]
    [InlineData("/home/acct/.forward", "|/opt/pipe/pipe || exit 75", ":1: without quotes", "\"|/opt/pipe/pipe || exit 75\"")]
    [InlineData("/etc/valiases/acme.test", "s@acme.test: \"|/usr/bin/php -q /opt/pipe/pipe\"", "php cannot run this program", "s@acme.test: \"|/opt/pipe/pipe\"")]
    [InlineData("/etc/valiases/acme.test", "s@acme.test: \"|/usr/bin/php -q /home/acct/desk/api/pipe.php\"", "php cannot run /home/acct/desk/api/pipe.php, which is this program", "/opt/pipe/pipe setup takeover /home/acct/desk")]
    [InlineData("/etc/valiases/acme.test", "s@acme.test: \"|/home/acct/moved/api/pipe.php\"", "leads to /home/acct/before/api/pipe-in, which is not there", "/opt/pipe/pipe setup takeover /home/acct/moved")]
    [InlineData("/etc/valiases/acme.test", "s@acme.test: \"|/home/acct/gone/api/pipe.php\"", "/home/acct/gone/api/pipe.php is not there", "s@acme.test: \"|/opt/pipe/pipe\"")]
    [InlineData("/etc/aliases", "support: \"|/opt/pipe/pipe\"\r", "ends in a carriage return", "sed -i 's/\\r$//' /etc/aliases")]
    [InlineData("/home/acct/.qmail", "|/nowhere/pipe", "/nowhere/pipe is not there", "|/opt/pipe/pipe")]
    [InlineData("/etc/procmailrc", ":0\n* ^To:.*support\n| /opt/pipe/pipe", ":3: procmail does not wait", ":0 w\n| /opt/pipe/pipe\nEXITCODE=75\nHOST")]
    [InlineData("/etc/exim4/conf.d/transport/30_pipe", "other:\n  timeout = 1s\npipe_desk:\n  command = /opt/pipe/pipe\n  timeout = 1m\nlast:\n  timeout = 1s", "Exim ends the command after 1m", "timeout = 5m")]
    public void A_line_that_loses_or_returns_mail_is_named_with_the_one_that_does_not(string file, string content, string problem, string remedy)
    {
        Add("/home/acct/desk/api/pipe.php", "\u007fELF");
        Add("/home/acct/moved/api/pipe.php", TakeoverFiles.Script("/home/acct/before/api/pipe-in"));
        Add(file, content + "\n");

        var found = Assert.Single(Examine(), finding => finding.Severity == Severity.Problem);

        Assert.Contains(file, found.Text, StringComparison.Ordinal);
        Assert.Contains(problem, found.Text, StringComparison.Ordinal);
        Assert.Equal(remedy, found.Remedy);
    }

    [Fact]
    public void OsTickets_own_script_is_no_problem_and_the_takeover_is_offered()
    {
        Add("/home/acct/desk/api/pipe.php", "#!/usr/bin/php -q\n<?php\n");
        Add("/etc/valiases/acme.test", "s@acme.test: \"|/usr/bin/php -q /home/acct/desk/api/pipe.php\"\n");

        var findings = Examine();

        Assert.DoesNotContain(findings, finding => finding.Severity == Severity.Problem);
        Assert.Contains(findings, finding => finding.Remedy == "/opt/pipe/pipe setup takeover /home/acct/desk");
    }

    [Theory]
    [InlineData("user=nobody ", "", "without an account of its own", "pipe-desk unix - n n - 4 pipe user=pipe:pipe flags=DROhu null_sender= argv=/opt/pipe/pipe --sender=${sender} --recipient=${original_recipient}")]
    [InlineData("user=nobody", "user=root", "without an account of its own", null)]
    [InlineData("user=nobody", "user=no-such-account-here", "would run as no-such-account-here, and there is no such account", "useradd --system --home-dir /var/lib/no-such-account-here --shell /usr/sbin/nologin no-such-account-here")]
    [InlineData("- n n -", "- n y -", "confined to Postfix's folder", null)]
    [InlineData("4 pipe", "4 local", "not pipe(8)", null)]
    [InlineData("pipe-desk_destination_recipient_limit = 1\n", "", "a mail for several addresses comes once", "postconf -e pipe-desk_destination_recipient_limit=1")]
    [InlineData("pipe-desk_dest", "pipe-desk_time_limit = 1m\npipe-desk_dest", "pipe-desk_time_limit ends the command after 60 s and returns the mail", "postconf -e pipe-desk_time_limit=300s")]
    public void A_service_of_Postfix_that_loses_or_returns_mail_is_named(string good, string bad, string problem, string? remedy)
    {
        Assert.SkipWhen(Environment.UserName != "root", "only root can look with the eyes of another account");
        Add("/etc/postfix/master.cf", GoodService.Replace(good, bad, StringComparison.Ordinal));
        Add("/etc/postfix/main.cf", GoodMain.Replace(good, bad, StringComparison.Ordinal));

        var found = Examine().First(finding => finding.Severity == Severity.Problem);

        Assert.Contains(problem, found.Text, StringComparison.Ordinal);
        if (remedy is not null)
            Assert.Equal(remedy, found.Remedy);
    }

    [Fact]
    public void A_service_of_Postfix_as_the_recipe_prints_it_is_right()
    {
        Add("/etc/postfix/master.cf", "smtp inet n - y - - smtpd\n" + GoodService);
        Add("/etc/postfix/main.cf", GoodMain);

        var findings = Examine();

        Assert.DoesNotContain(findings, finding => finding.Severity == Severity.Problem);
        Assert.Contains(findings, finding => finding.Text.StartsWith("/etc/postfix/master.cf:2: pipe-desk unix", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Text.Contains("mails up to 10240000 bytes come here", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("command_time_limit = 100s", "Problem", "command_time_limit ends the command after 100 s", "postconf -e command_time_limit=300s")]
    [InlineData("message_size_limit = 0", "Note", "no size limit", "postconf -e message_size_limit=67108864")]
    [InlineData("message_size_limit = 99999999", "Note", "mails may have 99999999 bytes", "\"maxMessageSize\": 99999999")]
    [InlineData("allow_mail_to_commands = forward", "Problem", "does not allow commands in aliases", "allow_mail_to_commands = alias, forward")]
    [InlineData("alias_maps = hash:/etc/other", "Note", "/etc/aliases: Postfix does not read it", "postconf -e \"alias_maps = hash:/etc/aliases $(postconf -h alias_maps)\"")]
    [InlineData("alias_maps = hash:/etc/aliases", "Problem", "Postfix goes by what it was before", "newaliases")]
    [InlineData("default_privs = games", "Note", "mail comes in as games", "/opt/pipe/pipe doctor --as games")]
    [InlineData("mailbox_command = /usr/bin/procmail", "Note", "not told the address extension", "mailbox_command = /usr/bin/procmail -a \"$EXTENSION\"")]
    public void A_setting_of_Postfix_that_matters_is_named(string setting, string severity, string text, string remedy)
    {
        Add("/etc/aliases", "support: \"|/opt/pipe/pipe\"\n");
        Add("/etc/postfix/main.cf", $"alias_maps = texthash:/etc/aliases\n{setting}\n");

        Assert.Contains(Examine(), finding =>
            finding.Severity.ToString() == severity && finding.Text.Contains(text, StringComparison.Ordinal) && finding.Remedy == remedy);
    }

    [Fact]
    public void Aliases_that_were_compiled_after_the_last_change_are_right()
    {
        Add("/etc/aliases", "support: \"|/opt/pipe/pipe\"\n");
        Add("/etc/aliases.db", "");
        Add("/etc/postfix/main.cf", "alias_maps = hash:/etc/aliases,\n  hash:/etc/postfix/aliases-other\n");

        Assert.DoesNotContain(Examine(), finding => finding.Severity == Severity.Problem);
    }

    [Fact]
    public void A_command_that_the_account_cannot_run_is_named()
    {
        Assert.SkipWhen(Environment.UserName != "root", "only root can look with the eyes of another account");
        Add("/opt/other/pipe", "\u007fELF", "0700");
        Add("/etc/aliases", "support: \"|/opt/other/pipe\"\n");
        Add("/etc/postfix/main.cf", "alias_maps = texthash:/etc/aliases\n");

        Assert.Contains(Examine(), finding => finding is { Severity: Severity.Problem } && finding.Text == "/etc/aliases:1: nobody cannot run /opt/other/pipe");
    }

    [Theory]
    [InlineData("/home/acct/.forward", "0664", "chmod go-w /home/acct/.forward")]
    [InlineData("/home/acct/.procmailrc", "0666", "chmod go-w /home/acct/.procmailrc")]
    [InlineData("/home/acct/.qmail", "0755", "chmod a-x /home/acct/.qmail")]
    public void A_file_that_the_mail_system_does_not_trust_is_named(string file, string mode, string remedy)
    {
        Add(file, file.EndsWith("procmailrc", StringComparison.Ordinal) ? ":0 w\n| /opt/pipe/pipe\nEXITCODE=75\nHOST\n" : "|/opt/pipe/pipe\n", mode);

        Assert.Equal(remedy, Assert.Single(Examine(), finding => finding.Severity == Severity.Problem).Remedy);
    }

    [Fact]
    public void Hostile_files_neither_stop_nor_fool_it()
    {
        Add("/etc/aliases", "support: \"|/opt/pipe/pipe\"\n");
        Shell("mkdir -p etc/valiases etc/virtual/a home/acct; mkfifo home/acct/.forward; ln -s /dev/zero etc/virtual/a/aliases; ln -s /dev/zero home/acct/.qmail; "
            + "ln -s loop home/acct/loop; ln -s loop home/acct/.procmailrc; mkdir home/acct/.mailfilter; mkfifo home/acct/fifo; touch home/acct/.courier; chmod 0 home/acct/.courier");
        Add("/etc/valiases/huge.test", new string('x', 5_000_000) + "\ns: \"|/opt/pipe/pipe\"\n");
        Add("/etc/valiases/garbage.test", "\0\0|\u001b[2J\"/\n|\n||||\n\"|\n" + new string('|', 100_000) + "\ns: \"|" + Pipe + " \u001b]0;title\u0007\"\n");
        Add("/etc/valiases/fifo.test", "s: \"|/home/acct/fifo /opt/pipe/pipe\"\n");

        var findings = Examine();

        Assert.Contains(findings, finding => finding is { Severity: Severity.Ok } && finding.Text.StartsWith("/etc/aliases:1", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Text == "/etc/valiases/huge.test is larger than 4 MiB; the rest of it was not read");
        using var printed = new StringWriter();
        var all = new Findings();
        foreach (var finding in findings)
            all.Note(finding.Area, finding.Text, finding.Remedy);
        all.Print(printed);
        Assert.DoesNotContain('\u001b', printed.ToString());
        Assert.DoesNotContain('\0', printed.ToString());
    }

    private void Add(string path, string content, string mode = "0644")
    {
        string file = _root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    private void Shell(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = _root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private IReadOnlyList<Finding> Examine()
    {
        var sources = new SettingsSources { Executable = Pipe, RealExecutable = Pipe, Environment = _ => null, SystemFile = _root + "/none" };
        var findings = new Findings();
        MailSystemCheck.Examine(SettingsLoader.Load(new GivenOptions(), sources), sources, "nobody", new Machine(_root), findings);
        return findings.All;
    }
}
