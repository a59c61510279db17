using Pipe.MailSystems.Tests.Laboratory;
using Pipe.MailSystems.Tests.Laboratory.Stores;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>What forwarders to a taken over <c>api/pipe.php</c> do under each PHP that hosters have.</summary>
public sealed class TakenOverTests(LabDatabase database) : IClassFixture<LabDatabase>
{
    private const string Starters = "proc_open,exec,passthru,system,popen,shell_exec";

    private const string ShowsErrors = "display_errors=1\ndisplay_startup_errors=1\nerror_reporting=-1\nlog_errors=1\nhtml_errors=1\n";

    [Fact]
    public void A_forwarder_makes_one_ticket_and_prints_nothing_whatever_PHP_is_set_to()
    {
        SkipWhereImpossible();
        using var lab = Lab.Start(TakenOver.Direct, database.Server);
        foreach (var (call, ini) in (ReadOnlySpan<(string, string)>)[
            ("", ""),
            ("/usr/bin/php -q", ""),
            ("/usr/bin/php", ""),
            ("/usr/bin/php-cgi -q", ""),
            ("/usr/bin/php -q", ShowsErrors),
            ("/usr/bin/php-cgi -q", ShowsErrors),
            ("/usr/bin/php -q", ShowsErrors + Disabled("exec,passthru,shell_exec,system")),
            ("/usr/bin/php -q", ShowsErrors + Disabled("ini_set,exec,passthru,proc_open,system")),
            ("/usr/bin/php -q", ShowsErrors + Disabled("proc_open,popen")),
            ("/usr/bin/php -q", ShowsErrors + Disabled("proc_open,exec,shell_exec,popen")),
            ("/usr/bin/php -q", ShowsErrors + Disabled("proc_open,exec,shell_exec,popen,passthru")),
            ("/usr/bin/php -q", ShowsErrors + Disabled("proc_open,exec,popen,passthru,system")),
            ("/usr/bin/php -q", ShowsErrors + "open_basedir=/home/acct/public_html\n"),
        ])
        {
            Configure(lab, ini);
            string command = $"{call} {TakenOver.Script}".Trim();

            // As the mail system does it, with what it puts around the message; then the same, to see the two streams.
            Enter(lab, command);
            var mail = TestMail.Create("forwarded");
            lab.Inject("customer@lab.test", HelpDesk.Address, mail.Bytes);
            Assert.True(lab.Queued() == 0 && lab.Desk.Tickets(mail.Subject) == 1, $"{command}\n{ini}\n{lab.Describe()}");
            Assert.Equal("exim", lab.Desk.Outcomes()[^1].GetProperty("caller").GetString());
            Assert.Equal((0, ""), Call(lab, command, mail.Bytes));
            Assert.Equal(1, lab.Desk.Entries(mail.MessageId));
            Assert.Equal("", lab.Bounces());
        }
    }

    [Fact]
    public void Mail_waits_where_PHP_may_start_nothing_and_doctor_and_takeover_say_so()
    {
        SkipWhereImpossible();
        using var lab = Lab.Start(TakenOver.ByPhp, database.Server);
        Configure(lab, ShowsErrors + Disabled(Starters));
        var mail = TestMail.Create("waits");

        lab.Inject("customer@lab.test", HelpDesk.Address, mail.Bytes);

        Assert.Equal(1, lab.Queued());
        Assert.Equal((75, ""), Call(lab, "/usr/bin/php -q " + TakenOver.Script, mail.Bytes));
        Assert.Equal((75, ""), Call(lab, "/usr/bin/php-cgi -q " + TakenOver.Script, mail.Bytes));
        Assert.Equal(0, lab.Desk.Tickets(mail.Subject));
        Assert.Equal("", lab.Bounces());

        string doctor = lab.Root.Run(null, "/opt/pipe/pipe", "doctor", "--as", "acct").Output;
        Assert.Contains("PHP may start no program, and the mail waits for ever: disable_functions in ", doctor, StringComparison.Ordinal);
        Assert.Contains($"→ support: \"|{TakenOver.Script}\"", doctor, StringComparison.Ordinal);

        // Before: nothing is changed, unless somebody says that it does not matter.
        string before = lab.Root.Shell($"pipe() {{ setpriv --reuid acct --regid acct --clear-groups /opt/pipe/pipe \"$@\"; }}; cd {HelpDesk.Installation}; pipe setup takeover --undo; ls api; pipe setup takeover 2>&1; ls api; pipe setup takeover --without-php; ls api").Text;
        Assert.Contains(
            $"pipe.php\npipe: nothing was changed, for called as /usr/bin/php -q {TakenOver.Script}, the new file would not take mail: disable_functions in ",
            before, StringComparison.Ordinal);
        Assert.Contains($"Where no forwarder begins with php (|{TakenOver.Script} instead), say --without-php\npipe.php\n", before, StringComparison.Ordinal);
        Assert.EndsWith("pipe\npipe-in\npipe.php\npipe.php.orig\n", before, StringComparison.Ordinal);

        // Mended, the mail that waited becomes its one ticket.
        Configure(lab, "");
        lab.Flush();
        Assert.Equal(0, lab.Queued());
        Assert.Equal(1, lab.Desk.Tickets(mail.Subject));
        Assert.Equal("", lab.Bounces());
    }

    private static void SkipWhereImpossible()
    {
        if ((LabPackages.WhyNot(TakenOver.Direct.Tree) ?? MariaDbServer.SkipReason) is { } reason)
            Assert.Skip(reason);
    }

    private static string Disabled(string functions) => $"disable_functions={functions}\n";

    // For both PHPs, in the place that Debian's read last.
    private static void Configure(Lab lab, string ini) => _ = lab.Root.Run(
        System.Text.Encoding.ASCII.GetBytes(ini), "bash", "-c",
        "set -e; v=$(/usr/bin/php -n -r 'echo PHP_MAJOR_VERSION, \".\", PHP_MINOR_VERSION;'); mkdir -p /etc/php/$v/{cli,cgi}/conf.d; tee /etc/php/$v/cli/conf.d/99-lab.ini > /etc/php/$v/cgi/conf.d/99-lab.ini").Text;

    private static void Enter(Lab lab, string command) => _ = lab.Root.Shell($"echo 'support: \"|{command}\"' > /etc/aliases").Text;

    private static (int ExitCode, string Output) Call(Lab lab, string command, byte[] message)
    {
        var result = lab.Root.Run(message, ["setpriv", "--reuid", "acct", "--regid", "acct", "--clear-groups", .. command.Split(' ')]);
        return (result.ExitCode, result.Output + result.Errors);
    }
}
