using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Store;
using Pipe.Testing;
using Pipe.Testing.Http;

namespace Pipe.Tests.Deliveries;

/// <summary>Which of an installation's database servers is used, and what the log says when none can be.</summary>
public sealed class DatabaseConnectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipe-connect-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("127.0.0.1:1", "127.0.0.1:1: connection refused")]
    [InlineData("[::1]:1", "[::1]:1: connection refused")]
    [InlineData("db.invalid", "db.invalid:3306: there is no host of this name")]
    [InlineData("localhost:/nonexistent/my.sock", "/nonexistent/my.sock: there is no such socket file")]
    [InlineData("localhost:/dev/null", "/dev/null: connection refused")]
    public void Connect_says_why_the_system_made_no_connection(string host, string reason) =>
        AssertFails(host, DeferralCause.Unavailable, reason);

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\u0005\0\0\0GARBAGE")]
    public void Connect_takes_a_server_that_speaks_something_else_for_wrong_configuration(string greeting)
    {
        using var server = FakeDatabase.Saying(greeting);
        AssertFails(server.Host, DeferralCause.Configuration, $"{server.Host}: what answers there is no MySQL or MariaDB server");
    }

    [Fact]
    public void Connect_gives_a_server_that_says_nothing_no_more_than_its_time()
    {
        using var server = FakeDatabase.Silent();
        AssertFails(server.Host, DeferralCause.Unavailable, $"{server.Host}: no answer within 1 seconds");
    }

    [Fact]
    public void Connect_says_that_a_server_closed_the_connection()
    {
        using var server = FakeDatabase.Saying("");
        AssertFails(server.Host, DeferralCause.Unavailable, $"{server.Host}: it closed the connection");
    }

    [Fact]
    public void Connect_names_a_kind_of_password_that_the_driver_does_not_know()
    {
        using var server = FakeDatabase.WithPasswordsOf("dialog");
        AssertFails(server.Host, DeferralCause.Configuration, $"{server.Host}: this program does not know the account's kind of password (dialog)");
    }

    [Theory]
    [InlineData(1040, "Too many connections")]
    [InlineData(1047, "WSREP has not yet prepared node for application use")]
    [InlineData(1053, "Server shutdown in progress")]
    [InlineData(1129, "Host '127.0.0.1' is blocked because of many connection errors")]
    [InlineData(1130, "Host '127.0.0.1' is not allowed to connect to this MariaDB server")]
    public void Connect_tries_the_next_server_and_tells_the_reasons_of_all(int error, string message)
    {
        using var first = FakeDatabase.Refusing(error, message);
        using var second = FakeDatabase.Saying("220 mail.example.test ESMTP\r\n");
        AssertFails(
            $"{first.Host}, {second.Host}, 127.0.0.1:1",
            DeferralCause.Unavailable,
            $"{first.Host}: {message}; {second.Host}: what answers there is no MySQL or MariaDB server; 127.0.0.1:1: connection refused");
    }

    [Fact]
    public void Connect_passes_over_every_server_that_cannot_be_used()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var full = FakeDatabase.Refusing(1040, "Too many connections");
        using var other = FakeDatabase.Saying("HTTP/1.1 400 Bad Request\r\n\r\n");
        using var unknown = FakeDatabase.WithPasswordsOf("dialog");
        using var silent = FakeDatabase.Silent();
        var installation = OsTicketInstallation.Create(MariaDbServer.Shared, _folder);
        Rewrite($"{full.Host},{other.Host},{unknown.Host},{silent.Host},127.0.0.1:1,db.invalid,localhost:{MariaDbServer.Shared.SocketPath}");

        using var connection = Load().Connect();

        Assert.Equal(installation.Database, connection.Database);
    }

    // A server that is read-only takes connections, and says so only to the first thing that is written. One server stands for two here,
    // which tells by the address of the client which of them it is.
    [Theory]
    [InlineData(1290)]
    [InlineData(1836)]
    [InlineData(1047)]
    [InlineData(1053)]
    public void A_mail_goes_to_the_next_server_when_the_first_one_takes_no_writes(int error)
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        var server = MariaDbServer.Shared;
        var installation = OsTicketInstallation.Create(server, _folder);
        installation.Execute($"""
            DELIMITER //
            CREATE TRIGGER refuse BEFORE INSERT ON ost_user FOR EACH ROW
            IF USER() LIKE '%@localhost' THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = {error}, MESSAGE_TEXT = 'no writes here'; END IF//
            """);
        Rewrite(string.Create(CultureInfo.InvariantCulture, $"localhost:{server.SocketPath},127.0.0.1:{server.Port}"));

        var result = Deliver(Load(), out var trace);

        Assert.IsType<DeliveryResult.Stored>(result);
        Assert.Contains(trace.Warnings, warning => warning.Contains("no writes here", StringComparison.Ordinal));
        Assert.Equal("1\n", installation.Execute("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void A_mail_waits_when_no_server_takes_writes()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        var installation = OsTicketInstallation.Create(MariaDbServer.Shared, _folder);
        installation.Execute("CREATE TRIGGER refuse BEFORE INSERT ON ost_user FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'read-only'");
        string host = "localhost:" + MariaDbServer.Shared.SocketPath;
        Rewrite($"{host},{host}");

        var result = Assert.IsType<DeliveryResult.Deferred>(Deliver(Load(), out _));

        Assert.Equal(DeferralCause.Unavailable, result.Cause);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Connect_trusts_a_server_that_DBSSLCA_vouches_for_and_no_other(bool vouches)
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var authority = new TestCertificates();
        using var stranger = new TestCertificates();
        using var certificate = authority.CreateServer("db.example.test");
        using var key = certificate.GetECDsaPrivateKey()!;
        string pem = Write("server.pem", certificate.ExportCertificatePem());
        string keyFile = Write("server.key", key.ExportPkcs8PrivateKeyPem());
        string ca = Write("ca.pem", (vouches ? authority : stranger).AuthorityPem);
        using var server = MariaDbServer.Start("--ssl-cert=" + pem, "--ssl-key=" + keyFile);
        OsTicketInstallation.Create(server, _folder);
        string host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}");
        Rewrite(host, $"define('DBSSLCA', '{ca}');");

        if (vouches)
            Load().Connect().Dispose();
        else
            AssertFails(Load(), DeferralCause.Configuration, $"{host}: its certificate is not one that DBSSLCA vouches for");
    }

    private static DeliveryResult Deliver(OsTicketDatabase database, out DeliveryTrace trace)
    {
        using var mail = new MemoryStream("From: joe@example.net\nTo: support@example.test\nMessage-ID: <1@example.net>\nSubject: Door\n\nIt squeaks.\n"u8.ToArray());
        using var message = RawMessage.ReadAsync(mail, new RawMessageOptions()).GetAwaiter().GetResult();
        trace = new DeliveryTrace();
        return new TicketStore(database.Connect, StoreDialect.MySql, database.Options)
            .DeliverAsync(new DeliveryContext(message, new Envelope(), trace), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static void AssertFails(OsTicketDatabase database, DeferralCause cause, string reasons)
    {
        var error = Assert.Throws<StoreException>(database.Connect);
        Assert.Equal("the database cannot be used: " + reasons, error.Message);
        Assert.Equal(cause, error.Cause);
    }

    private void AssertFails(string hosts, DeferralCause cause, string reasons)
    {
        Write("include/ost-config.php", $"<?php define('DBHOST', '{hosts}'); define('DBNAME', 'a'); define('DBUSER', 'b'); define('DBPASS', 'c'); define('DBCONNECT_TIMEOUT', 1);");
        AssertFails(Load(), cause, reasons);
    }

    // The installation's configuration, with other servers.
    private void Rewrite(string hosts, string more = "")
    {
        string file = Path.Combine(_folder, "include", "ost-config.php");
        string[] lines = File.ReadAllLines(file);
        File.WriteAllLines(file, [.. lines.Where(line => !line.Contains("DBHOST", StringComparison.Ordinal)), $"define('DBHOST', '{hosts}');", "define('DBCONNECT_TIMEOUT', 2);", more]);
    }

    private OsTicketDatabase Load() => OsTicketDatabase.Load(_folder, new SettingsBuilder().Build());

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
