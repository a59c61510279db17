using System.Data.Common;
using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Pipe.Store.Tests;

/// <summary>What the driver does with large and awkward values, and what becomes of a connection that breaks, on a server with unkind settings.</summary>
public sealed class MariaDbDriverTests : IDisposable
{
    private const int AlmostAPacket = 936 * 1024;

    // The packets are the smallest that osTicket asks for.
    private static readonly Lazy<MariaDbServer> Server = new(
        () => MariaDbServer.Start("--max-allowed-packet=1M", "--sql-mode=NO_BACKSLASH_ESCAPES", "--innodb-file-per-table=0"));

    private readonly string _folder = Directory.CreateTempSubdirectory("pipe-driver-").FullName;
    private readonly OsTicketInstallation _installation;

    public MariaDbDriverTests()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        _installation = OsTicketInstallation.Create(Server.Value, _folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_body_of_backslashes_and_a_file_of_quotes_almost_as_long_as_a_packet_are_stored()
    {
        var mail = Mails.From("joe@example.net", body: new string('\\', AlmostAPacket)) with
        {
            Attachments = [BytesFile.Of("quotes.bin", [.. Enumerable.Repeat((byte)'\'', AlmostAPacket)])],
        };

        Assert.IsType<DeliveryResult.Stored>(Deliver(mail, Connect));

        string sizes = _installation.Execute("""
            SELECT f.name = 'quotes.bin', SUM(LENGTH(REPLACE(c.filedata, x'27', ''))), SUM(LENGTH(REPLACE(c.filedata, x'5C', '')))
              FROM ost_file_chunk c JOIN ost_file f ON f.id = c.file_id GROUP BY f.id ORDER BY 1
            """);
        Assert.Equal($"0\t{AlmostAPacket}\t0\n1\t0\t{AlmostAPacket}\n", sizes);
    }

    [Fact]
    public void The_pieces_of_a_file_are_prepared_once_and_small_values_never()
    {
        long before = Status("Com_stmt_prepare");
        Assert.IsType<DeliveryResult.Stored>(Deliver(Mails.From("joe@example.net"), Connect));
        Assert.Equal(before, Status("Com_stmt_prepare"));

        byte[] content = new byte[2_100_000];
        Random.Shared.NextBytes(content);
        Assert.IsType<DeliveryResult.Stored>(Deliver(
            Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("a.bin", content)] }, Connect));
        Assert.Equal(before + 1, Status("Com_stmt_prepare"));
        Assert.Equal("5\n", _installation.Execute("SELECT COUNT(*) FROM ost_file_chunk"));
    }

    // The server's own mode takes a backslash for a character like others; ours is in force before the first value is sent.
    [Theory]
    [InlineData(@"ends with \")]
    [InlineData(@"\'; DROP TABLE ost_ticket; -- ")]
    [InlineData("'' \" ` \\\\ @number %s \\0 \\n")]
    public void Quotes_and_backslashes_are_stored_as_they_are_whatever_the_servers_mode(string subject)
    {
        Assert.IsType<DeliveryResult.Stored>(Deliver(Mails.From("joe@example.net", subject), Connect));

        string hex = _installation.Execute("SELECT HEX(subject) FROM ost_ticket__cdata").Trim();
        Assert.Equal(subject.TrimEnd(), Encoding.UTF8.GetString(Convert.FromHexString(hex)).TrimEnd());
    }

    [Fact]
    public void A_plain_mail_takes_18_statements()
    {
        Assert.IsType<DeliveryResult.Stored>(Deliver(Mails.From("joe@example.net"), Connect));
        string log = Path.Combine(_folder, "general.log");
        _installation.Execute($"SET GLOBAL general_log_file = '{log}', general_log = ON");
        Assert.IsType<DeliveryResult.Stored>(Deliver(Mails.From("joe@example.net"), Connect));
        _installation.Execute("SET GLOBAL general_log = OFF");

        Assert.Equal(18, File.ReadLines(log).TakeWhile(line => !line.Contains("\tQuit\t", StringComparison.Ordinal)).Count(line => line.Contains(" Query\t", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_connection_that_breaks_is_made_anew()
    {
        int connections = 0;
        var result = Deliver(Mails.From("joe@example.net"), () => connections++ == 0 ? Broken() : Connect());

        Assert.IsType<DeliveryResult.Stored>(result);
        Assert.Equal(2, connections);
    }

    [Fact]
    public void Connections_that_break_again_and_again_make_the_mail_wait_with_the_systems_reason()
    {
        var result = Assert.IsType<DeliveryResult.Deferred>(Deliver(Mails.From("joe@example.net"), Broken));

        Assert.Equal(DeferralCause.Unavailable, result.Cause);
        Assert.Matches("^the connection to the database was lost: (Broken pipe|Connection reset by peer|the server closed it)$", result.Reason);
    }

    // Whether the server has committed is not to be known from the error: the next attempt looks.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_connection_that_breaks_in_the_commit_leaves_one_ticket(bool serverCommits)
    {
        using var breaker = new CommitBreaker(Server.Value.Port, serverCommits);
        int connections = 0;
        var result = Deliver(
            Mails.From("joe@example.net"), () => connections++ == 0 ? Connect($"Server=127.0.0.1;Port={breaker.Port};SslMode=None") : Connect());

        string number = Assert.IsType<DeliveryResult.Stored>(result).TicketNumber;
        Assert.Equal(2, connections);
        Assert.Equal(number + "\n", _installation.Execute("SELECT number FROM ost_ticket"));
        Assert.Equal("1\n", _installation.Execute("SELECT COUNT(*) FROM ost_thread_entry"));
    }

    private static DeliveryResult Deliver(InboundMail mail, Func<DbConnection> connect)
    {
        var options = MariaDbStore.Options with { MaxAttempts = 3 };
        return new TicketStore(connect, StoreDialect.MySql, options).Deliver(StoreUnderTest.Context(), _ => mail, CancellationToken.None);
    }

    private MySqlConnection Connect() => Connect($"Server={Server.Value.SocketPath};ConnectionProtocol=Unix");

    private MySqlConnection Connect(string server)
    {
        var connection = new MySqlConnection(
            $"{server};User ID={Server.Value.User};Password={Server.Value.Password};Database={_installation.Database};Pooling=false");
        connection.Open();
        return connection;
    }

    private MySqlConnection Broken()
    {
        var connection = Connect();
        _installation.Execute(string.Create(CultureInfo.InvariantCulture, $"KILL {connection.ServerThread}; DO SLEEP(0.1)"));
        return connection;
    }

    private long Status(string name) =>
        long.Parse(_installation.Execute($"SHOW GLOBAL STATUS LIKE '{name}'").Split('\t')[1], CultureInfo.InvariantCulture);
}
