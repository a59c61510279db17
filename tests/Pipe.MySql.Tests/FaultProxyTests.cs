using System.Globalization;

namespace Pipe.MySql.Tests;

/// <summary>A session that logs in, inserts rows in a transaction, reads, and commits, through a connection that fails at every point.</summary>
public class FaultProxyTests
{
    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_connection_cut_at_any_byte_is_an_exception_and_nothing_is_reported_committed_that_is_not(bool isAsync, bool fromClient)
    {
        var server = TestDatabase.Server;
        var table = $"cut_{isAsync}_{fromClient}";
        using (var setup = TestDatabase.Open())
            setup.Execute($"CREATE OR REPLACE TABLE {table} (id INT, part INT) ENGINE=InnoDB");

        long length;
        using (var proxy = new FaultProxy(server.Port, new FaultPlan()))
        {
            Assert.True(await RunSession(proxy.Port, table, -1, isAsync));
            length = fromClient ? proxy.FromClient : proxy.FromServer;
        }

        int cuts = 0, reported = 0, exceptions = 0, committedUnreported = 0;
        var step = TestScale.IsFull ? 1 : 3;
        for (var cut = 0L; cut < length; cut += step)
        {
            using var proxy = new FaultProxy(server.Port, fromClient ? new FaultPlan { CutFromClientAt = cut } : new FaultPlan { CutFromServerAt = cut });
            var committed = false;
            try
            {
                committed = await RunSession(proxy.Port, table, (int)cut, isAsync);
                reported++;
            }
            catch (MySqlException ex)
            {
                Assert.True(ex.IsTransient, $"cut at {cut}: {ex}");
                exceptions++;
            }
            cuts++;

            // The server may still be busy with what came before the cut.
            var rows = CountRows(table, (int)cut);
            if (committed)
                Assert.Equal(2, rows);
            else if (rows == 2)
                committedUnreported++;
            else
                Assert.Equal(0, rows);
        }
        Assert.True(exceptions > 0);
        TestScale.Report(string.Create(CultureInfo.InvariantCulture,
            $"cut after N bytes from the {(fromClient ? "client" : "server")}, {(isAsync ? "asynchronous" : "synchronous")}: {cuts} of {length} points, {exceptions} exceptions, {reported} reported committed (all were), {committedUnreported} committed but the answer was cut off"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_that_come_one_by_one_or_late_make_no_difference(bool isAsync)
    {
        var server = TestDatabase.Server;
        using (var setup = TestDatabase.Open())
            setup.Execute($"CREATE OR REPLACE TABLE slow_{isAsync} (id INT, part INT) ENGINE=InnoDB");
        foreach (var plan in new[] { new FaultPlan { IsDribble = true }, new FaultPlan { Delay = TimeSpan.FromMilliseconds(20) } })
        {
            using var proxy = new FaultProxy(server.Port, plan);
            Assert.True(await RunSession(proxy.Port, $"slow_{isAsync}", 1, isAsync));
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Garbage_from_any_byte_on_is_an_exception_or_a_refused_value(bool isAsync)
    {
        var server = TestDatabase.Server;
        var table = $"garbage_{isAsync}";
        using (var setup = TestDatabase.Open())
            setup.Execute($"CREATE OR REPLACE TABLE {table} (id INT, part INT) ENGINE=InnoDB");
        long length;
        using (var proxy = new FaultProxy(server.Port, new FaultPlan()))
        {
            await RunSession(proxy.Port, table, -1, isAsync);
            length = proxy.FromServer;
        }

        var (tried, exceptions) = (0, 0);
        for (var at = 0L; at < length; at += TestScale.IsFull ? 1 : 13)
        {
            tried++;
            using var proxy = new FaultProxy(server.Port, new FaultPlan { GarbageFromServerAt = at });
            try
            {
                var committed = await RunSession(proxy.Port, table, (int)at, isAsync);
                if (committed)
                    Assert.Equal(2, CountRows(table, (int)at));
            }
            catch (MySqlException)
            {
                exceptions++;
            }
            catch (Exception ex) when (ex is InvalidCastException or OverflowException or MySqlConversionException)
            {
                exceptions++; // the garbage was a column of another type
            }
        }
        TestScale.Report(string.Create(CultureInfo.InvariantCulture,
            $"random bytes from byte N of the server on, {(isAsync ? "asynchronous" : "synchronous")}: {tried} of {length} points, {exceptions} exceptions"));
    }

    private static int CountRows(string table, int id)
    {
        using var connection = TestDatabase.Open();
        // A lock on the rows waits for whatever the other connection still does.
        return (int)(long)connection.Scalar($"SELECT COUNT(*) FROM (SELECT part FROM {table} WHERE id = {id} FOR UPDATE) x")!;
    }

    private static async Task<bool> RunSession(int port, string table, int id, bool isAsync)
    {
        var server = TestDatabase.Server;
        await using var connection = new MySqlConnection(
            $"Server=127.0.0.1;Port={port};User ID={server.User};Password={server.Password};Database={TestDatabase.Name};SslMode=None;"
            + "ConnectionTimeout=2;DefaultCommandTimeout=2;CancellationTimeout=1");
        return isAsync ? await RunAsync(connection, table, id) : Run(connection, table, id);
    }

    private static bool Run(MySqlConnection connection, string table, int id)
    {
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.Command($"INSERT INTO {table} VALUES (@id, @part)", ("@id", id), ("@part", 1));
        insert.Transaction = transaction;
        if (insert.ExecuteNonQuery() != 1)
            return false; // garbage that looks like an answer
        insert.Parameters["@part"].Value = 2;
        if (insert.ExecuteNonQuery() != 1)
            return false; // garbage that looks like an answer
        using var select = connection.Command($"SELECT id, part, 'some text' FROM {table} WHERE id = @id ORDER BY part", ("@id", id));
        select.Transaction = transaction;
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
                _ = reader.GetValue(0);
        }
        transaction.Commit();
        return true;
    }

    private static async Task<bool> RunAsync(MySqlConnection connection, string table, int id)
    {
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.Command($"INSERT INTO {table} VALUES (@id, @part)", ("@id", id), ("@part", 1));
        insert.Transaction = transaction;
        if (await insert.ExecuteNonQueryAsync() != 1)
            return false;
        insert.Parameters["@part"].Value = 2;
        if (await insert.ExecuteNonQueryAsync() != 1)
            return false;
        await using var select = connection.Command($"SELECT id, part, 'some text' FROM {table} WHERE id = @id ORDER BY part", ("@id", id));
        select.Transaction = transaction;
        await using (var reader = await select.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                _ = reader.GetValue(0);
        }
        await transaction.CommitAsync();
        return true;
    }
}
