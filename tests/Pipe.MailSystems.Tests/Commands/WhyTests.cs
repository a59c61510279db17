using System.Text.Json;
using Pipe.Commands.Why;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class WhyTests
{
    private const string Message = "From: Carla <carla@customer.test>\nTo: support@acme.test\nSubject: hello\nMessage-ID: <m1@customer.test>\n\nHello.\n";

    private static readonly Dictionary<string, string> Exim = new()
    {
        ["MESSAGE_ID"] = "1xVNau-000019-26",
        ["QUALIFY_DOMAIN"] = "mx.acme.test",
        ["LOCAL_PART"] = "support",
        ["RECIPIENT"] = "support@acme.test",
        ["SENDER"] = "carla@customer.test",
    };

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Why_tells_the_history_of_a_message_under_each_of_its_names(string format)
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string configuration = File.ReadAllText(place.Configuration);
        string withFormat = configuration.Replace("{ ", $"{{ \"logFormat\": \"{format}\", ", StringComparison.Ordinal);

        // It waits first, for the folder of the store is not there; then it is delivered, and once more.
        place.Configure(withFormat.Replace("/data/pipe.db", "/data/missing/pipe.db", StringComparison.Ordinal));
        Assert.Equal(75, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        place.Configure(withFormat);
        Assert.Equal(0, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        Assert.Equal(0, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        Assert.Equal(0, place.Pipe(Message.Replace("m1@", "m2@", StringComparison.Ordinal)).ExitCode);

        string byQueueId = place.Run("why", "1xVNau-000019-26").Text;
        Assert.Equal(byQueueId, place.Run("why", "<m1@customer.test>").Text);
        Assert.Equal(byQueueId, place.Run("why", "m1@customer.test").Text);
        Assert.Contains("deferred", byQueueId, StringComparison.Ordinal);
        Assert.Contains("exit code 75", byQueueId, StringComparison.Ordinal);
        Assert.Contains("new-ticket", byQueueId, StringComparison.Ordinal);
        Assert.Contains("duplicate", byQueueId, StringComparison.Ordinal);
        Assert.Contains("exim 1xVNau-000019-26, from carla@customer.test to support@acme.test", byQueueId, StringComparison.Ordinal);
        Assert.Contains("<m1@customer.test>", byQueueId, StringComparison.Ordinal);
        Assert.DoesNotContain("m2@", byQueueId, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(place.Run("why", "--json", "m1@customer.test").Text);
        Assert.Equal(3, json.RootElement.GetProperty("log").GetArrayLength());
        string ticket = json.RootElement.GetProperty("store")[0].GetProperty("ticket").GetString()!;
        Assert.Contains($"ticket {ticket}", place.Run("why", ticket).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_finds_a_message_in_the_spool_by_its_Message_ID()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        place.Configure(File.ReadAllText(place.Configuration)
            .Replace("{ ", $"{{ \"spool\": \"on\", \"spoolFolder\": \"{place.Folder}/data/spool\", ", StringComparison.Ordinal)
            .Replace("/data/pipe.db", "/data/missing/pipe.db", StringComparison.Ordinal));
        Assert.Equal(0, place.Pipe(Message).ExitCode);

        string text = place.Run("why", "<m1@customer.test>").Text;

        Assert.Contains("\n  spool  ", text, StringComparison.Ordinal);
        Assert.Contains("unable to open", text, StringComparison.Ordinal);
        Assert.Contains("spooled", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Why_finds_a_message_by_each_id_in_logs_that_were_set_aside_and_packed(string format)
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string configuration = File.ReadAllText(place.Configuration).Replace("{ ", $"{{ \"logFormat\": \"{format}\", \"maxMessageSize\": \"2K\", \"spoolFolder\": \"{place.Folder}/data/spool\", ", StringComparison.Ordinal);

        // Deferred in the oldest file, delivered in the next, seen again in the last.
        place.Configure(configuration.Replace("/data/pipe.db", "/data/missing/pipe.db", StringComparison.Ordinal));
        Assert.Equal(75, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        Pack(place, "3");
        place.Configure(configuration);
        Assert.Equal(0, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        Pack(place, "2");
        Assert.Equal(0, place.RunProgram(place.Executable, Message, Exim).ExitCode);
        File.Move(place.LogFile, place.LogFile + "-20261123");

        // A large one without Message-ID, in the quarantine; and one that waits in the spool.
        Assert.Equal(0, place.Pipe(Message.Replace("Message-ID: <m1@customer.test>\n", "", StringComparison.Ordinal) + new string('x', 5000)).ExitCode);
        place.Configure(configuration.Replace("{ ", "{ \"spool\": \"on\", ", StringComparison.Ordinal).Replace("/data/pipe.db", "/data/missing/pipe.db", StringComparison.Ordinal));
        Assert.Equal(0, place.Pipe(Message.Replace("m1@", "m3@", StringComparison.Ordinal)).ExitCode);
        Pack(place, "1");
        place.Configure(configuration);

        string history = place.Run("why", "1xVNau-000019-26").Text;
        Assert.Matches("(?s)deferred.*new-ticket.*duplicate", history);
        Assert.Equal(history, place.Run("why", "<m1@customer.test>").Text);
        Assert.Equal(history, place.Run("why", "m1@customer.test").Text);
        string ticket = System.Text.RegularExpressions.Regex.Match(history, "ticket ([0-9]+)").Groups[1].Value;
        Assert.Equal(history, place.Run("why", ticket).Text);

        string quarantined = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Path.Combine(place.Folder, "data", "quarantine"), "*.eml")));
        string text = place.Run("why", quarantined).Text;
        Assert.Contains("odd: kept as ", text, StringComparison.Ordinal);
        Assert.Contains("new-ticket", text, StringComparison.Ordinal);
        Assert.Contains($"\n  quarantine  {quarantined}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("m3@", text, StringComparison.Ordinal);

        // Also when it is there no more.
        Assert.Equal(0, place.Run("spool", "drop", quarantined).ExitCode);
        Assert.Contains("odd: kept as ", place.Run("why", quarantined).Text, StringComparison.Ordinal);

        string spooled = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Path.Combine(place.Folder, "data", "spool"), "*.eml")));
        Assert.Contains("spooled", place.Run("why", spooled).Text, StringComparison.Ordinal);
        Assert.Equal(place.Run("why", "m3@customer.test").Text, place.Run("why", spooled).Text);
    }

    [Theory]
    [InlineData("Nov 23 06:00:00 mx pipe[12]: message outcome=new-ticket ticket=4711 message_id=<m1@a> queue_id=Q1")]
    [InlineData("2026-11-23T06:00:00.123456+00:00 mx pipe[12]: message outcome=new-ticket ticket=4711 message_id=<m1@a> queue_id=Q1")]
    [InlineData("Nov 23 06:00:00 mx pipe[12]: {\"time\":\"2026-11-23T06:00:00Z\",\"message\":\"message\",\"outcome\":\"new-ticket\",\"ticket\":\"4711\",\"message_id\":\"<m1@a>\",\"queue_id\":\"Q1\"}")]
    public void Find_reads_the_systems_logs_packed_or_not_and_only_our_lines(string line)
    {
        string root = Directory.CreateTempSubdirectory("pipe-why-").FullName;
        try
        {
            string logs = Directory.CreateDirectory(root + "/var/log").FullName;
            string noise = "Nov 23 05:00:00 mx exim[1]: Q1 <= a@b m1@a 4711\nNov 23 05:00:01 mx pipe[13]: {\"cut off\n{}\n[1]\nmx pipe[1]: [1]\n" + new string('x', 100_000) + "\n";
            File.WriteAllText(logs + "/mail.log", noise + line.Replace("new-ticket", "third", StringComparison.Ordinal));
            File.WriteAllText(logs + "/mail.log.1", noise + line.Replace("new-ticket", "second", StringComparison.Ordinal) + "\n");
            using (var packed = new System.IO.Compression.GZipStream(File.Create(logs + "/mail.log.2.gz"), System.IO.Compression.CompressionMode.Compress))
                packed.Write(System.Text.Encoding.UTF8.GetBytes(noise + line.Replace("new-ticket", "first", StringComparison.Ordinal)));
            File.WriteAllText(logs + "/mail.log.3.gz", "no such thing as a packed file");
            File.WriteAllText(logs + "/mail.log.4.xz", "?");
            File.WriteAllText(logs + "/mail.logic", line);
            using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [logs + "/syslog"]))
                mkfifo.WaitForExit();
            for (int age = 1; age <= 2; age++)
                File.SetLastWriteTimeUtc(logs + (age == 1 ? "/mail.log.1" : "/mail.log.2.gz"), DateTime.UtcNow.AddDays(-age));
            var sources = new Pipe.Configuration.SettingsSources { Environment = _ => null, SystemFile = root + "/none", Executable = root + "/pipe", RealExecutable = root + "/pipe" };
            var settings = Pipe.Configuration.SettingsLoader.Load(new Pipe.Configuration.GivenOptions(), sources);

            foreach (string id in (string[])["<m1@a>", "m1@a", "Q1", "4711"])
            {
                var search = new LogSearch(settings, sources, root);
                Assert.Equal(["first", "second", "third"], search.Find([id]).Lines.Select(found => found.Fields["outcome"]));
                Assert.Equal(["mail.log.3.gz", "mail.log.4.xz"], search.Unreadable.Select(text => Path.GetFileName(text.Split(':')[0])).Order(StringComparer.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // Most machines of today have no file of the system's log.
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Why_finds_a_message_in_the_journal(string format)
    {
        const string Journald = "/lib/systemd/systemd-journald";
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        Assert.SkipUnless(File.Exists(Journald), "systemd-journald is not installed");
        using var root = LabRoot.Start(null);
        File.Copy(LabPackages.Executable, Path.Combine(root.Folder, "pipe"));
        File.WriteAllText(Path.Combine(root.Folder, "message"), Message);
        _ = root.Shell($$"""
            set -e
            rm -f /var/log/mail.* /var/log/syslog* /var/log/messages*
            mkdir -p /run/systemd/journal /run/log/journal /etc/pipe
            echo 0123456789abcdef0123456789abcdef > /etc/machine-id
            {{Journald}} >/dev/null 2>&1 </dev/null &
            for i in $(seq 100); do [ -S /run/systemd/journal/dev-log ] && break; sleep 0.1; done
            ln -sfn /run/systemd/journal/dev-log /dev/log
            echo '{ "store": "/tmp/pipe.db", "notify": "off", "log": "syslog", "logFormat": "{{format}}", "quarantine": "/tmp/q" }' > /etc/pipe/pipe.json
            install -m 0755 /lab/pipe /opt/pipe
            env MESSAGE_ID=1xVNau-000019-26 QUALIFY_DOMAIN=a LOCAL_PART=support /opt/pipe < /lab/message
            /opt/pipe < /lab/message
            """).Text;
        ShellResult result = root.Run(null, "/opt/pipe", "why", "1xVNau-000019-26");
        Wait.Until(() => (result = root.Run(null, "/opt/pipe", "why", "1xVNau-000019-26")).Output.Contains("duplicate", StringComparison.Ordinal), "both lines", () => result.Output + result.Errors);

        Assert.Matches("(?s)new-ticket, ticket [0-9]+, exit code 0.*duplicate, ticket", result.Output);
        Assert.Equal(result.Output, root.Run(null, "/opt/pipe", "why", "<m1@customer.test>").Output);
        Assert.Contains("journalctl -t pipe", root.Run(null, "/opt/pipe", "why", "nobody@nowhere.test").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_of_an_unknown_message_says_where_it_looked_and_ends_with_1()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        Assert.Equal(0, place.Pipe(Message).ExitCode);

        var result = place.Run("why", "nobody@nowhere.test");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nothing is known", result.Errors, StringComparison.Ordinal);
        Assert.Contains(place.LogFile, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00.000+00:00 pipe[1] information: message outcome=new-ticket reason=\"a \\\"quoted\\\" = word\" exit=0", "a \"quoted\" = word")]
    [InlineData("Jan  1 00:00:00 host pipe[1]: message outcome=new-ticket reason=plain exit=0", "plain")]
    [InlineData("{\"outcome\":\"new-ticket\",\"reason\":\"json\",\"exit\":0}", "json")]
    public void Parse_reads_each_form_of_a_line(string text, string reason)
    {
        var line = LogLine.Parse(text);

        Assert.Equal("new-ticket", line!.Fields["outcome"]);
        Assert.Equal(reason, line.Fields["reason"]);
        Assert.Equal("0", line.Fields["exit"]);
    }

    // As logrotate does it.
    private static void Pack(Workplace place, string number) =>
        _ = place.RunProgram("/bin/sh", "", null, "-c", $"cd data && mv pipe.log pipe.log.{number} && gzip pipe.log.{number}").Text;

    [Theory]
    [InlineData("")]
    [InlineData("Jan  1 00:00:00 host exim[1]: 1xVNau-000019-26 <= carla@customer.test")]
    [InlineData("{\"cut off")]
    public void Parse_of_a_line_of_others_is_null(string text) => Assert.Null(LogLine.Parse(text));
}
