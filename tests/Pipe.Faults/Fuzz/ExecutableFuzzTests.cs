using System.Globalization;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Fuzz;

/// <summary>Damaged mail into the published executable: the exit code is 0 or 75, and nothing is printed.</summary>
public sealed class ExecutableFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 2;
    private readonly PipeBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public void Damaged_mail_ends_in_0_and_takes_no_longer_at_the_end_than_at_the_beginning()
    {
        int runs = Amounts.Of(400, 5000);
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        desk.Configure(_box.Environment);
        var processorTime = new TimeSpan[runs];
        System.Threading.Tasks.Parallel.For(0, Workers, worker =>
        {
            var mutator = new MailMutator(2026 + worker, MailMutator.Samples());
            for (int i = worker; i < runs; i += Workers)
            {
                byte[] mail = mutator.Next();
                if (mail.Length == 0)
                    continue;
                processorTime[i] = Deliver(mail, string.Create(CultureInfo.InvariantCulture, $"mail {i}"));
            }
        });

        TimeSpan first = Median(processorTime[..(runs / 4)]), last = Median(processorTime[^(runs / 4)..]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{runs} damaged mails; processor time of one: median {first.TotalMilliseconds:0.0} ms in the first quarter, {last.TotalMilliseconds:0.0} ms in the last, longest {processorTime.Max().TotalMilliseconds:0} ms"));
        Assert.True(last < first * 3, $"{first} at the beginning, {last} at the end");
        Assert.Equal(0, desk.Number("SELECT COUNT(*) FROM ost_ticket t WHERE NOT EXISTS (SELECT 1 FROM ost_thread h WHERE h.object_id = t.ticket_id)"));
        Assert.Equal("ok", desk.Rows("PRAGMA integrity_check")[0][0]);
    }

    [Fact]
    public void Damaged_mail_into_MariaDB_ends_in_0()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var desk = new MariaDbDesk(MariaDbServer.Shared, Path.Combine(_box.Folder, "osticket"));
        desk.Configure(_box.Environment);
        var mutator = new MailMutator(1, MailMutator.Samples());
        for (int i = 0; i < Amounts.Of(100, 1000); i++)
        {
            byte[] mail = mutator.Next();
            if (mail.Length > 0)
                Deliver(mail, string.Create(CultureInfo.InvariantCulture, $"mail {i}"));
        }
    }

    [Fact]
    public void Damaged_settings_end_in_0_or_75()
    {
        string file = Path.Combine(_box.Folder, "pipe.json");
        string store = Path.Combine(_box.Folder, "pipe.db");
        byte[] correct = System.Text.Encoding.UTF8.GetBytes(
            $$"""{ "store": "{{store}}", "deadline": 20, "lockTimeout": 5, "maxMessageSize": "64M", "spool": "auto", "log": "file", "logFile": "{{_box.LogFile}}", "verbose": false }""");
        FuzzFile(file, correct, ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "1e999", "\\u0000", "//", "/*", "\"store\":", "\"url\":\"http://127.0.0.1:1/\"", "\"key\":\"x\"", new string('[', 3000), new string('9', 400)], "--config", file);
    }

    [Fact]
    public void A_damaged_ost_config_ends_in_0_or_75()
    {
        string file = Path.Combine(_box.Folder, "osticket", "include", "ost-config.php");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        byte[] correct = """
            <?php
            # A comment
            define('OSTINSTALLED', TRUE);
            define('SECRET_SALT', 'k3BXsVwPzq7NdYhR5mLcTgJ8fQa2ZuE9');
            define('ADMIN_EMAIL', 'admin@example.test');
            define('DBTYPE', 'mysql');
            define('DBHOST', '127.0.0.1:1');
            define('DBNAME', 'osticket');
            define('DBUSER', 'osticket');
            define('DBPASS', 'it\'s \\ secret');
            define('TABLE_PREFIX', 'ost_');
            """u8.ToArray();
        FuzzFile(file, correct, ["'", "\"", "\\", "(", ")", ";", "/*", "*/", "//", "#", "?>", "<?php", "define(", "TRUE", "__DIR__ . '", "$x = ", "\0", "p:localhost,", "localhost:/no/such.sock", "[::1]:1", new string('(', 3000), "; DROP TABLE"], "--osticket", Path.GetDirectoryName(Path.GetDirectoryName(file)!)!);
    }

    private void FuzzFile(string file, byte[] correct, string[] tokens, params string[] arguments)
    {
        byte[] mail = TestMail.Create("settings").Bytes;
        var random = new Random(7);
        for (int i = 0; i < Amounts.Of(150, 1500); i++)
        {
            var bytes = new List<byte>(correct);
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                int at = random.Next(bytes.Count + 1);
                switch (random.Next(4))
                {
                    case 0 when at < bytes.Count:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                        break;
                    case 2:
                        bytes.RemoveRange(at, bytes.Count - at);
                        break;
                    default:
                        bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)]));
                        break;
                }
            }

            File.WriteAllBytes(file, [.. bytes]);
            int exitCode = _box.Deliver(mail, arguments);
            Assert.True(exitCode is 0 or 75, $"exit code {exitCode} with {System.Text.Encoding.Latin1.GetString([.. bytes])}");
        }
    }

    private TimeSpan Deliver(byte[] mail, string what)
    {
        string name = Path.Combine(_box.Folder, _box.NextName());
        File.WriteAllBytes(name + ".in", mail);
        var outcome = _box.Start(null, name + ".in", name + ".out").Wait();
        if (outcome.ExitCode != 0)
        {
            string kept = Path.Combine(Path.GetTempPath(), $"pipe-fuzz-{Path.GetFileName(_box.Folder)}-{Path.GetFileName(name)}.eml");
            File.Copy(name + ".in", kept, overwrite: true);
            Assert.Fail($"{what} ended in {outcome.ExitCode}: {kept}; {_box.LogLines.LastOrDefault()}");
        }

        PipeBox.AssertEmpty(name + ".out");
        File.Delete(name + ".in");
        return outcome.Cpu;
    }

    private static TimeSpan Median(TimeSpan[] times) => times.Order().ElementAt(times.Length / 2);
}
