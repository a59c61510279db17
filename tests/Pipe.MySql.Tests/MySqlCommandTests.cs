using System.Data;
using System.Diagnostics;

namespace Pipe.MySql.Tests;

public class MySqlCommandTests
{
    [SkippableFact]
    public void Results_that_nobody_read_are_skipped()
    {
        using var connection = TestDatabase.Open();
        using (var reader = connection.Command("SELECT 1 UNION SELECT 2; SELECT 'b', 3; DO 0; SELECT 4").ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.True(reader.NextResult());
            Assert.Equal(2, reader.FieldCount);
            Assert.True(reader.HasRows);
            Assert.True(reader.Read());
            Assert.Equal("b", reader.GetString(0));
            Assert.True(reader.NextResult());
            Assert.Equal(0, reader.FieldCount);
            Assert.False(reader.Read());
        }
        Assert.Equal(5, connection.Scalar("SELECT 5"));
    }

    [SkippableFact]
    public void An_error_in_a_later_result_leaves_the_connection_usable()
    {
        using var connection = TestDatabase.Open();
        using (var reader = connection.Command("SELECT 1; SELECT * FROM no_such_table; SELECT 2").ExecuteReader())
        {
            Assert.True(reader.Read());
            var exception = Assert.Throws<MySqlException>(() => reader.NextResult());
            Assert.Equal(MySqlErrorCode.NoSuchTable, exception.ErrorCode);
            Assert.Equal("42S02", exception.SqlState);
            Assert.False(exception.IsTransient);
        }
        Assert.Equal(5, connection.Scalar("SELECT 5"));
        Assert.Throws<MySqlException>(() => connection.Scalar("SELECT @a FROM no_such_table", ("@a", 1)));
        Assert.Throws<MySqlException>(() => connection.Scalar("SELEC @a", ("@a", 1)));
        Assert.Equal(6L, connection.Scalar("SELECT @a", ("@a", 6L)));
    }

    [SkippableFact]
    public void An_error_in_the_middle_of_the_rows_leaves_the_connection_usable()
    {
        using var connection = TestDatabase.Open();
        var exception = Assert.Throws<MySqlException>(() =>
            connection.Execute("SELECT IF(seq < 3000, REPEAT('x', 100), (SELECT seq UNION SELECT 1)) FROM seq_1_to_5000"));

        Assert.Equal(1242, exception.Number);
        Assert.Equal(5, connection.Scalar("SELECT 5"));
    }

    [SkippableFact]
    public void Affected_rows_are_those_that_changed_or_with_the_default_those_that_were_found()
    {
        using var connection = TestDatabase.Open();
        connection.Execute("CREATE TEMPORARY TABLE a (id INT PRIMARY KEY, v INT); INSERT INTO a VALUES (1, 1), (2, 2)");
        Assert.Equal(1, connection.Execute("UPDATE a SET v = 1"));
        Assert.Equal(0, connection.Execute("UPDATE a SET v = @v", ("@v", 1)));
        Assert.Equal(-1, connection.Execute("SELECT * FROM a"));

        using var found = TestDatabase.Open("UseAffectedRows=false");
        found.Execute("CREATE TEMPORARY TABLE a (id INT PRIMARY KEY, v INT); INSERT INTO a VALUES (1, 1), (2, 2)");
        Assert.Equal(2, found.Execute("UPDATE a SET v = @v", ("@v", 1)));
    }

    [SkippableFact]
    public void A_statement_that_comes_again_is_prepared_once()
    {
        using var connection = TestDatabase.Open();
        for (var i = 0; i < 5; i++)
            Assert.Equal((long)i, connection.Scalar("SELECT @i", ("@i", (long)i)));
        // 65 others push it out of the cache, and each prepared statement that was given up is closed
        for (var i = 0; i < 65; i++)
            connection.Scalar($"SELECT {i}, @i", ("@i", i));
        Assert.Equal(7L, connection.Scalar("SELECT @i", ("@i", 7L)));

        var status = connection.Command("SHOW SESSION STATUS WHERE Variable_name IN ('Com_stmt_prepare', 'Com_stmt_execute', 'Com_stmt_close')");
        var counts = new Dictionary<string, string>();
        using (var reader = status.ExecuteReader())
        {
            while (reader.Read())
                counts[reader.GetString(0)] = reader.GetString(1);
        }
        Assert.Equal("67", counts["Com_stmt_prepare"]);
        Assert.Equal("71", counts["Com_stmt_execute"]);
        Assert.Equal("3", counts["Com_stmt_close"]);
    }

    [SkippableFact]
    public void No_other_statement_is_executed_when_the_server_can_prepare_no_more()
    {
        Skip.If(Testing.MariaDbServer.SkipReason is not null, Testing.MariaDbServer.SkipReason);
        using var server = Testing.MariaDbServer.Start();
        using var connection = new MySqlConnection($"Server={server.SocketPath};Protocol=Unix;User ID=root");
        connection.Open();
        connection.Execute("CREATE DATABASE d; USE d; CREATE TABLE t (v INT)");
        connection.Execute("INSERT INTO t VALUES (@v)", ("@v", 1));
        server.Execute("SET GLOBAL max_prepared_stmt_count = 1");

        var exception = Assert.Throws<MySqlException>(() => connection.Execute("UPDATE t SET v = @v", ("@v", 99)));
        Assert.Equal(1461, exception.Number);
        Assert.Equal("1\n", server.Execute("SELECT v FROM d.t"));

        connection.Close();
        server.Execute("SET GLOBAL max_prepared_stmt_count = 0");
        connection.Open(); // the server takes up what it kept of the connection before
        Assert.Equal(1461, Assert.Throws<MySqlException>(() => connection.Execute("UPDATE d.t SET v = @v", ("@v", 99))).Number);
        Assert.Equal("1\n", server.Execute("SELECT v FROM d.t"));

        connection.Execute("USE d");
        server.Execute("SET GLOBAL max_prepared_stmt_count = 1000");
        Assert.Equal(1, connection.Execute("UPDATE t SET v = @v", ("@v", 2)));
        Assert.Equal(1, connection.Execute("UPDATE t SET v = @v + 1", ("@v", 2)));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_timeout_stops_the_command_and_keeps_the_connection(bool isAsync)
    {
        using var connection = TestDatabase.Open();
        using var command = connection.Command("SELECT COUNT(*) FROM seq_1_to_100000000 a JOIN seq_1_to_100000000 b WHERE @x", ("@x", true));
        command.CommandTimeout = 1;
        var watch = Stopwatch.StartNew();
        var exception = isAsync
            ? await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteScalarAsync())
            : Assert.Throws<MySqlException>(() => { command.ExecuteScalar(); });

        Assert.Equal(MySqlErrorCode.CommandTimeoutExpired, exception.ErrorCode);
        Assert.True(exception.IsTransient);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(25), "the command ran on");
        Assert.Equal(ConnectionState.Open, connection.State);
        Assert.Equal(5, connection.Scalar("SELECT 5"));
    }

    [SkippableFact]
    public async Task Cancelling_stops_the_command_and_keeps_the_connection()
    {
        using var connection = TestDatabase.Open();
        using var command = connection.Command("SELECT COUNT(*) FROM seq_1_to_100000000 a JOIN seq_1_to_100000000 b");
        using var cancellation = new CancellationTokenSource(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancellation.Token));
        Assert.Equal(5, connection.Scalar("SELECT 5"));

        var waiting = Task.Run(() => command.ExecuteScalar());
        await Task.Delay(300);
        command.Cancel();
        var exception = await Assert.ThrowsAsync<MySqlException>(() => waiting);
        Assert.Equal(MySqlErrorCode.QueryInterrupted, exception.ErrorCode);
        Assert.Equal(6, connection.Scalar("SELECT 6"));
    }

    [SkippableFact]
    public void A_lock_wait_that_takes_too_long_is_transient()
    {
        using var first = TestDatabase.Open("IgnoreCommandTransaction=true");
        using var second = TestDatabase.Open("IgnoreCommandTransaction=true");
        first.Execute("CREATE OR REPLACE TABLE locked (id INT PRIMARY KEY, v INT) ENGINE=InnoDB; INSERT INTO locked VALUES (1, 1), (2, 2)");
        second.Execute("SET innodb_lock_wait_timeout = 1");
        using var one = first.BeginTransaction();
        using var two = second.BeginTransaction();
        first.Execute("UPDATE locked SET v = 3 WHERE id = @id", ("@id", 1));

        var exception = Assert.Throws<MySqlException>(() => second.Execute("UPDATE locked SET v = 4 WHERE id = @id", ("@id", 1)));
        Assert.Equal(MySqlErrorCode.LockWaitTimeout, exception.ErrorCode);
        Assert.True(exception.IsTransient);
    }

    [SkippableFact]
    public void A_killed_connection_is_a_transient_error_and_closed()
    {
        using var connection = TestDatabase.Open();
        TestDatabase.Server.Execute($"KILL {connection.ServerThread}");

        var exception = Assert.Throws<MySqlException>(() => connection.Scalar("SELECT 1"));
        Assert.True(exception.IsTransient);
        Assert.Equal(ConnectionState.Closed, connection.State);
        connection.Open();
        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    [SkippableFact]
    public void A_command_needs_its_connections_transaction()
    {
        using var connection = TestDatabase.Open();
        using var transaction = connection.BeginTransaction();

        Assert.Throws<InvalidOperationException>(() => connection.Scalar("SELECT 1"));
        Assert.Throws<InvalidOperationException>(() => connection.BeginTransaction());
        using var command = new MySqlCommand("SELECT 1", connection, transaction);
        Assert.Equal(1, command.ExecuteScalar());
    }

    [SkippableFact]
    public void A_second_command_while_a_reader_is_open_is_refused()
    {
        using var connection = TestDatabase.Open();
        using (var reader = connection.Command("SELECT 1").ExecuteReader())
            Assert.Throws<InvalidOperationException>(() => connection.Scalar("SELECT 2"));
        Assert.Equal(2, connection.Scalar("SELECT 2"));
    }

    [SkippableFact]
    public void A_session_that_was_set_to_utf8_gets_what_the_server_makes_of_other_characters()
    {
        using var connection = TestDatabase.Open();
        connection.Execute("SET NAMES utf8, SQL_MODE = '', TIME_ZONE = SYSTEM; CREATE TEMPORARY TABLE u (t TEXT CHARACTER SET utf8mb3)");
        connection.Execute("INSERT INTO u VALUES (@t)", ("@t", "ä😀ö"));

        Assert.Equal("ä????ö", connection.Scalar("SELECT t FROM u"));
    }

    [SkippableFact]
    public void A_local_file_is_not_sent()
    {
        using var connection = TestDatabase.Open();
        connection.Execute("CREATE TEMPORARY TABLE f (t TEXT)");
        Assert.Throws<MySqlException>(() => connection.Execute("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE f"));
        Assert.Equal(0L, connection.Scalar("SELECT COUNT(*) FROM f"));
    }
}
