using System.Data;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipe.MySql.Tests;

/// <summary>Answers that a real server does not give, or that the one at hand does not.</summary>
public class FakeServerCommandTests
{
    // Without CLIENT_DEPRECATE_EOF and session tracking: as MySQL 5.5 and 5.6 speak.
    private const uint OldCapabilities = FakeMySqlServer.MySql8Capabilities & ~0x800u & ~0x0180_0000u;

    private static readonly byte[] Column = [3, .. "def"u8, 0, 0, 0, 1, (byte)'c', 0, 12, 45, 0, 255, 255, 0, 0, 253, 0, 0, 0, 0, 0];

    [Fact]
    public void An_old_server_ends_columns_and_rows_with_eof()
    {
        using var server = new FakeMySqlServer(s =>
        {
            LogIn(s, OldCapabilities, "5.5.62");
            Assert.Equal("\u0003SELECT c", Encoding.ASCII.GetString(s.Receive()));
            s.Send(1);
            s.Send(Column);
            s.Send(0xFE, 0, 0, 2, 0);
            s.Send(1, (byte)'x');
            s.Send(0xFB);
            s.Send(0xFE, 0, 0, 2, 0);
            // A prepared statement is not sent together with its execution to a server that is not MariaDB.
            Assert.Equal(0x16, s.Receive()[0]);
            s.Send(0, 9, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0);
            s.Send(Column);
            s.Send(0xFE, 0, 0, 2, 0);
            s.Send(Column);
            s.Send(0xFE, 0, 0, 2, 0);
            Assert.Equal([0x17, 9, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 0, 5, 0, 0, 0], s.Receive());
            s.Send(1);
            s.Send(Column);
            s.Send(0xFE, 0, 0, 2, 0);
            s.Send(0, 0, 1, (byte)'y');
            s.Send(0xFE, 0, 0, 2, 0);
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        connection.Open();
        using (var reader = connection.Command("SELECT c").ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal("x", reader.GetString(0));
            Assert.True(reader.Read());
            Assert.True(reader.IsDBNull(0));
            Assert.False(reader.Read());
        }
        Assert.Equal("y", connection.Scalar("SELECT c + @p", ("@p", 5)));
    }

    [Fact]
    public void A_pipelined_execution_that_missed_its_statement_is_repeated_with_the_right_number()
    {
        using var server = new FakeMySqlServer(s =>
        {
            LogIn(s, FakeMySqlServer.MySql8Capabilities & ~0x800u, "10.11.6-MariaDB");
            Assert.Equal(0x16, s.Receive()[0]);
            Assert.Equal([0x17, 0xFF, 0xFF, 0xFF, 0xFF], s.Receive()[..5]);
            Answer(s, 7, FakeMySqlServer.Ok());
            Assert.Equal(0x16, s.Receive()[0]);
            Assert.Equal([0x17, 8, 0, 0, 0], s.Receive()[..5]);
            Answer(s, 20, FakeMySqlServer.Error(1243, "HY000", "Unknown prepared statement handler"));
            Assert.Equal([0x17, 20, 0, 0, 0], s.Receive()[..5]);
            s.Send(FakeMySqlServer.Ok());
            // What the server sees as something else than we do is an error, and no row is changed.
            Assert.Equal(0x16, s.Receive()[0]);
            Assert.Equal([0x17, 21, 0, 0, 0], s.Receive()[..5]);
            s.Sequence = 1;
            s.Send(FakeMySqlServer.Error(1064, "42000", "syntax"));
            s.Sequence = 1;
            s.Send(FakeMySqlServer.Error(1243, "HY000", "Unknown prepared statement handler"));
            Assert.Equal(0, s.Connection.Available);
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        connection.Open();
        Assert.Equal(0, connection.Execute("UPDATE a SET v = @p", ("@p", 5)));
        Assert.Equal(0, connection.Execute("UPDATE b SET v = @p", ("@p", 5)));
        Assert.Equal(1064, Assert.Throws<MySqlException>(() => connection.Execute("UPDAT c SET v = @p", ("@p", 5))).Number);

        static void Answer(FakeMySqlServer s, byte id, byte[] executed)
        {
            s.Sequence = 1;
            s.Send(0, id, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
            s.Send(Column);
            s.Sequence = 1;
            s.Send(executed);
        }
    }

    [Fact]
    public void A_request_for_a_local_file_ends_the_connection()
    {
        using var server = new FakeMySqlServer(s =>
        {
            LogIn(s);
            s.Receive();
            s.Send([0xFB, .. "/etc/passwd"u8]);
            Assert.Equal(0, s.Connection.Receive(new byte[100]));
        });
        using var connection = new MySqlConnection(server.ConnectionString + ";AllowLoadLocalInfile=true");
        connection.Open();
        Assert.Contains("refused", Assert.Throws<MySqlException>(() => connection.Execute("DO 1")).Message, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Theory]
    [InlineData("column count beyond reason", new byte[] { 0xFD, 0xFF, 0xFF, 0xFF })]
    [InlineData("column count of 8 bytes", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData("OK cut short", new byte[] { 0x00, 0xFC, 0x01 })]
    [InlineData("error cut short", new byte[] { 0xFF, 0x01 })]
    [InlineData("nothing", new byte[0])]
    public void A_malformed_answer_is_an_exception_and_closes_the_connection(string what, byte[] answer)
    {
        using var server = new FakeMySqlServer(s =>
        {
            LogIn(s);
            s.Receive();
            s.Send(answer);
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        connection.Open();
        var exception = Assert.Throws<MySqlException>(() => connection.Execute("DO 1"));
        Assert.True(exception.Number == 2027, what);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_value_of_an_announced_gigabyte_is_not_allocated(bool isSequential)
    {
        using var server = new FakeMySqlServer(s =>
        {
            LogIn(s);
            s.Receive();
            s.Send(1);
            s.Send(Column);
            // a full packet is announced, with a value of 2^30 bytes in it, and 1000 bytes come
            s.Connection.Send([0xFF, 0xFF, 0xFF, s.Sequence, 0xFE, 0, 0, 0, 0x40, 0, 0, 0, 0, .. new byte[1000]]);
            s.Connection.Shutdown(SocketShutdown.Send);
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Assert.ThrowsAsync<MySqlException>(async () =>
        {
            await using var reader = await connection.Command("SELECT c").ExecuteReaderAsync(
                isSequential ? CommandBehavior.SequentialAccess : CommandBehavior.Default);
            await reader.ReadAsync();
            reader.GetValue(0);
        });
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 500_000_000, "memory was taken for bytes that never came");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silent_server_is_left_after_the_timeout(bool isAsync)
    {
        using var server = new FakeMySqlServer(s =>
        {
            LogIn(s);
            s.Receive();
            s.Connection.Receive(new byte[1]);
        });
        using var connection = new MySqlConnection(server.ConnectionString + ";DefaultCommandTimeout=1;CancellationTimeout=1");
        connection.Open();
        var exception = isAsync
            ? await Assert.ThrowsAsync<MySqlException>(() => connection.Command("DO 1").ExecuteNonQueryAsync())
            : Assert.Throws<MySqlException>(() => { connection.Execute("DO 1"); });
        Assert.Equal(MySqlErrorCode.CommandTimeoutExpired, exception.ErrorCode);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_does_not_greet_is_left_after_the_timeout(bool isAsync)
    {
        using var server = new FakeMySqlServer(s => s.Connection.Receive(new byte[1]));
        using var connection = new MySqlConnection(server.ConnectionString + ";ConnectionTimeout=1");
        var exception = isAsync
            ? await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync())
            : Assert.Throws<MySqlException>(connection.Open);
        Assert.True(exception.IsTransient);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_that_does_not_take_the_connection_is_left_after_the_timeout(bool isAsync)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        // Linux queues backlog + 1 connections and drops what else knocks.
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(IPAddress.Loopback, port);

        using var connection = new MySqlConnection($"Server=127.0.0.1;Port={port};User ID=u;ConnectionTimeout=1");
        var exception = isAsync
            ? await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync())
            : Assert.Throws<MySqlException>(connection.Open);
        Assert.Equal(MySqlErrorCode.UnableToConnectToHost, exception.ErrorCode);
        Assert.True(exception.IsTransient);
    }

    [SkippableFact]
    public void The_next_host_is_tried_when_one_does_not_answer_or_refuses()
    {
        Skip.If(Testing.MariaDbServer.SkipReason is not null, Testing.MariaDbServer.SkipReason);
        using var full = new FakeMySqlServer(s => s.Send([0xFF, 0x10, 0x04, .. "Too many connections"u8]));
        var port = full.ConnectionString.Split(';')[1]["Port=".Length..];
        var real = TestDatabase.Server;
        using var connection = new MySqlConnection(
            $"Server=127.0.0.1:1, p:127.0.0.1:{port}, :{real.SocketPath};User ID={real.User};Password={real.Password};LoadBalance=FailOver");
        connection.Open();
        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    private static void LogIn(FakeMySqlServer server, uint capabilities = FakeMySqlServer.MySql8Capabilities & ~0x800u, string version = "8.4.0")
    {
        server.Send(FakeMySqlServer.Greeting("mysql_native_password", capabilities, version));
        server.Receive();
        server.Send(FakeMySqlServer.Ok());
    }
}
