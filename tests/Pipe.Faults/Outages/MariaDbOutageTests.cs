using System.Diagnostics;
using System.Globalization;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Outages;

/// <summary>The database server is not as it should be. The mail waits (75), in silence, with a reason in the log, and gets there once in the end.</summary>
public sealed class MariaDbOutageTests : IDisposable
{
    private static readonly TestMail First = TestMail.Create("first");
    private static readonly TestMail Second = TestMail.Create("second", fileSizes: [50_000]);

    // What is committed leaves the server's memory, so that killing the server does not lose it; surviving a power cut is not tested here.
    private const string KeepsWhatIsCommitted = "--innodb-flush-log-at-trx-commit=2";

    // One for all tests here, each of which leaves it as it was. It ends with the test process.
    private static readonly Lazy<MariaDbServer> SharedServer = new(() => MariaDbServer.Start(KeepsWhatIsCommitted));
    private static int _users;

    private readonly PipeBox _box = new();
    private readonly MariaDbServer _server;
    private readonly MariaDbDesk _desk;

    public MariaDbOutageTests()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        _box.Environment["PIPE_LOCK_TIMEOUT"] = "2";
        _box.Environment["PIPE_DEADLINE"] = "20";
        _server = SharedServer.Value;
        _desk = new MariaDbDesk(_server, Path.Combine(_box.Folder, "osticket"));
        _desk.Configure(_box.Environment);
        _box.DeliverDone(First.Bytes);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _box.Dispose();
    }

    [Fact]
    public void Stopped_the_mail_waits_until_it_is_started()
    {
        _server.Stop();
        AssertWaits();
        _server.Restart(KeepsWhatIsCommitted);
        _desk.Installation.Configure(_server.User, _server.Password);
        AssertRecovers();
    }

    [Fact]
    public void Killed_while_mail_comes_in_nothing_is_lost_or_doubled()
    {
        var delivered = new List<TestMail> { First };
        for (int round = 0; round < Amounts.Of(3, 20); round++)
        {
            var killer = new Thread(() =>
            {
                Thread.Sleep(150 + round * 20);
                Process.GetProcessById(_server.ProcessId).Kill();
            });
            killer.Start();
            var waiting = new List<TestMail>();
            for (int i = 0; killer.IsAlive || i < 5; i++)
            {
                var mail = TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"killed-{round}-{i}"), fileSizes: i % 3 == 0 ? [3000] : null);
                (_box.Deliver(mail.Bytes) == 0 ? delivered : waiting).Add(mail);
            }

            killer.Join();
            _server.Restart(KeepsWhatIsCommitted);
            _desk.Installation.Configure(_server.User, _server.Password);
            foreach (var mail in waiting)
                _box.DeliverDone(mail.Bytes);
            delivered.AddRange(waiting);
        }

        _desk.AssertHolds(delivered, delivered.Count);
    }

    [Fact]
    public void Frozen_the_mail_waits_when_its_time_is_over()
    {
        _box.Environment["PIPE_DEADLINE"] = "2";
        Shell.Run("kill", "-STOP", _server.ProcessId.ToString(CultureInfo.InvariantCulture));
        try
        {
            AssertWaits();
        }
        finally
        {
            Shell.Run("kill", "-CONT", _server.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        _box.Environment["PIPE_DEADLINE"] = "60";
        AssertRecovers();
    }

    [Fact]
    public void Out_of_connections_the_mail_waits()
    {
        string user = CreateUser($"GRANT ALL ON `{_desk.Installation.Database}`.* TO", "few");
        _server.Execute("SET GLOBAL max_connections = 10");
        var held = Enumerable.Range(0, 10).Select(_ => Hold("SELECT SLEEP(20)")).ToList();
        try
        {
            Thread.Sleep(500);
            AssertWaits(user);
        }
        finally
        {
            held.ForEach(End);
        }

        _server.Execute("SET GLOBAL max_connections = 200");
        AssertRecovers();
    }

    [Fact]
    public void Locked_by_another_program_the_mail_waits()
    {
        var holder = Hold($"LOCK TABLES `{_desk.Installation.Database}`.ost_thread_entry WRITE, `{_desk.Installation.Database}`.ost_ticket WRITE; SELECT SLEEP(30)");
        try
        {
            Thread.Sleep(500);
            AssertWaits();
        }
        finally
        {
            End(holder);
        }

        AssertRecovers();
    }

    [Fact]
    public void With_a_row_locked_by_another_program_the_mail_waits()
    {
        // Both mails are the same customer's: the second reply has to change the ticket's row.
        var reply = TestMail.Create("reply", First.MessageId, sender: SenderOf(First));
        var holder = Hold($"USE `{_desk.Installation.Database}`; BEGIN; SELECT * FROM ost_ticket FOR UPDATE; SELECT * FROM ost_thread FOR UPDATE; SELECT SLEEP(30)");
        try
        {
            Thread.Sleep(500);
            Assert.Equal(75, _box.Deliver(reply.Bytes));
            _box.AssertLogged("outcome=deferred", "reason=");
        }
        finally
        {
            End(holder);
        }

        _box.DeliverDone(reply.Bytes);
        _box.DeliverDone(reply.Bytes);
        _desk.AssertHolds([First, reply], 1);
    }

    [Theory]
    [InlineData(1213, "40001", 2, 0)]       // deadlock, twice, then no more: tried again in the same process
    [InlineData(1213, "40001", 1000, 75)]   // for ever
    [InlineData(1205, "HY000", 1000, 75)]   // lock wait timeout
    [InlineData(1290, "HY000", 1000, 75)]   // the server is read-only
    [InlineData(1021, "HY000", 1000, 75)]   // disk full
    [InlineData(1114, "HY000", 1000, 75)]   // the table is full
    [InlineData(1030, "HY000", 1000, 75)]   // error from the storage engine
    public void That_answers_with_an_error_in_the_middle_of_the_work_the_mail_waits_or_is_tried_again(int error, string state, int times, int exitCode)
    {
        // MyISAM, so that the count stays when the transaction is rolled back.
        _desk.Installation.Execute($"""
            CREATE TABLE errors_left (n INT) ENGINE=MyISAM;
            INSERT INTO errors_left VALUES ({times});
            DELIMITER //
            CREATE TRIGGER fail_now BEFORE INSERT ON ost_thread_entry_email FOR EACH ROW
            BEGIN
                IF (SELECT n FROM errors_left) > 0 THEN
                    UPDATE errors_left SET n = n - 1;
                    SIGNAL SQLSTATE '{state}' SET MYSQL_ERRNO = {error}, MESSAGE_TEXT = 'as the test wants it';
                END IF;
            END//
            DELIMITER ;
            """);
        Assert.Equal(exitCode, _box.Deliver(Second.Bytes));
        if (exitCode == 75)
            _box.AssertLogged("outcome=deferred", "reason=");

        _desk.Installation.Execute("UPDATE errors_left SET n = 0");
        AssertRecovers();
    }

    [Fact]
    public void Read_only_the_mail_waits()
    {
        string user = CreateUser($"GRANT SELECT, INSERT, UPDATE, DELETE ON `{_desk.Installation.Database}`.* TO", "plain");
        _desk.Installation.Configure(user, user);
        _server.Execute("SET GLOBAL read_only = 1");
        AssertWaits(user);
        _server.Execute("SET GLOBAL read_only = 0");
        AssertRecovers();
    }

    [Theory]
    [InlineData("GRANT SELECT")]            // may not write
    [InlineData("GRANT INSERT, UPDATE")]    // may not read
    public void With_too_few_rights_the_mail_waits(string grant) =>
        AssertWaits(CreateUser($"{grant} ON `{_desk.Installation.Database}`.* TO", "poor"));

    [Fact]
    public void With_a_wrong_password_the_mail_waits_and_the_log_does_not_tell_it()
    {
        _desk.Installation.Configure(_server.User, "NotThePassword77");
        Assert.Equal(75, _box.Deliver(Second.Bytes));
        Assert.DoesNotContain("NotThePassword77", File.ReadAllText(_box.LogFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TABLE ost_thread_entry_email")]
    [InlineData("ALTER TABLE ost_thread_entry DROP COLUMN body")]
    [InlineData("DROP TABLE ost_config")]
    public void With_tables_that_are_not_osTicket_s_the_mail_waits(string sql)
    {
        _desk.Installation.Execute(sql);
        AssertWaits();
    }

    [Fact]
    public void On_a_full_disk_the_mail_waits()
    {
        using var disk = SmallDisk.Mount(Path.Combine(_box.Folder, "disk"), 400_000);
        string folder = Path.Combine(disk.Path, "db");
        Directory.CreateDirectory(folder);
        string started = StartServer(folder);
        var facts = started.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        try
        {
            string database = "full";
            string Sql(string text, string into) => Mariadb(facts["socket"], text, into);
            Sql($"CREATE DATABASE {database}", "");
            Sql(Shell.Run("mariadb-dump", "--no-defaults", "--user=root", "--socket=" + _server.SocketPath, _desk.Installation.Database), database);
            Sql("ALTER TABLE ost_file_chunk ENGINE=InnoDB", database);
            string config = Path.Combine(_desk.Installation.Folder, "include", "ost-config.php");
            File.WriteAllText(config, File.ReadAllText(config)
                .Replace(_server.SocketPath, facts["socket"], StringComparison.Ordinal)
                .Replace(_desk.Installation.Database, database, StringComparison.Ordinal)
                .Replace(_server.Password, facts["password"], StringComparison.Ordinal));

            disk.Fill();
            var large = TestMail.Create("large", fileSizes: [8_000_000]);
            Assert.Equal(75, _box.Deliver(large.Bytes));
            disk.Free();

            // The server itself may have ended for want of room, as the administrator will have noticed.
            Shell.Run("bash", Path.Combine(AppContext.BaseDirectory, "mariadb.sh"), "stop", folder);
            StartServer(folder);
            _box.DeliverDone(large.Bytes);
            Assert.Equal("1\n", Sql($"SELECT COUNT(*) FROM ost_thread_entry_email WHERE mid = '{large.MessageId}'", database));
            Assert.Equal("8000000\n", Sql("SELECT SUM(LENGTH(filedata)) FROM ost_file_chunk", database));
        }
        finally
        {
            Shell.Run("bash", Path.Combine(AppContext.BaseDirectory, "mariadb.sh"), "stop", folder);
        }
    }

    private static string StartServer(string folder) => Shell.Run(
        "bash", Path.Combine(AppContext.BaseDirectory, "mariadb.sh"), "start", folder, "--innodb-autoextend-increment=1", KeepsWhatIsCommitted);

    private static string Mariadb(string socket, string sql, string database)
    {
        var start = new ProcessStartInfo("mariadb", ["--no-defaults", "--batch", "--skip-column-names", "--max-allowed-packet=1G", "--user=root", "--socket=" + socket, database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(sql);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string SenderOf(TestMail mail)
    {
        string text = System.Text.Encoding.ASCII.GetString(mail.Bytes);
        int start = text.IndexOf('<', StringComparison.Ordinal) + 1;
        return text[start..text.IndexOf('>', start)];
    }

    private string CreateUser(string grant, string name)
    {
        name = string.Create(CultureInfo.InvariantCulture, $"{name}{Interlocked.Increment(ref _users)}");
        _server.Execute($"CREATE USER '{name}'@'%' IDENTIFIED BY '{name}'; {grant} '{name}'@'%'");
        return name;
    }

    private Process Hold(string sql)
    {
        var start = new ProcessStartInfo("mariadb", ["--no-defaults", "--user=root", "--socket=" + _server.SocketPath, "-e", sql])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    // The server notices a client that is gone only when it speaks to it; the statement has to be ended too.
    private void End(Process holder)
    {
        holder.Kill();
        holder.WaitForExit();
        holder.Dispose();
        try
        {
            string ids = _server.Execute("SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(%' AND id <> CONNECTION_ID()");
            foreach (string id in ids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                _server.Execute($"KILL {id}");
        }
        catch (InvalidOperationException)
        {
            // One that has ended meanwhile cannot be killed.
        }
    }

    private void AssertWaits(string? user = null)
    {
        if (user is not null)
            _desk.Installation.Configure(user, user);
        Assert.Equal(75, _box.Deliver(Second.Bytes));
        _box.AssertLogged("outcome=deferred", "reason=");
        if (user is not null)
            _desk.Installation.Configure(_server.User, _server.Password);
    }

    private void AssertRecovers()
    {
        _desk.Installation.Configure(_server.User, _server.Password);
        _box.DeliverDone(Second.Bytes);
        _box.DeliverDone(Second.Bytes);
        _desk.AssertHolds([First, Second], 2);
    }
}
