using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Pipe.Testing;

namespace Pipe.EndToEnd;

/// <summary>The published executable and an osTicket database that it may not, or cannot, use.</summary>
public sealed class DatabaseTests : IDisposable
{
    private static readonly byte[] Mail = "From: joe@example.test\nTo: support@example.test\nMessage-ID: <1@example.test>\nSubject: Door\n\nIt squeaks.\n"u8.ToArray();

    private readonly Sandbox _sandbox = new();

    public DatabaseTests()
    {
        if (Repository.SkipReason is { } missing)
            Assert.Skip(missing);
        _sandbox.Environment["PIPE_OSTICKET"] = _sandbox.Folder;
    }

    public void Dispose() => _sandbox.Dispose();

    // The driver would be content with a certificate that the system trusts.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 75)]
    public void Only_DBSSLCA_vouches_for_a_server_whoever_else_is_trusted(bool vouches, int exitCode)
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var authority = new TestCertificates();
        using var stranger = new TestCertificates();
        using var certificate = authority.CreateServer("db.example.test");
        using var key = certificate.GetECDsaPrivateKey()!;
        string pem = _sandbox.Write("server.pem", certificate.ExportCertificatePem());
        string keyFile = _sandbox.Write("server.key", key.ExportPkcs8PrivateKeyPem());
        using var server = MariaDbServer.Start("--ssl-cert=" + pem, "--ssl-key=" + keyFile);
        OsTicketInstallation.Create(server, _sandbox.Folder);
        Configure(
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}"),
            _sandbox.Write("ca.pem", (vouches ? authority : stranger).AuthorityPem));
        _sandbox.Environment["SSL_CERT_FILE"] = _sandbox.Write("system.pem", authority.AuthorityPem);

        _sandbox.Run(Mail).AssertSilent(exitCode);

        Assert.Equal(!vouches, _sandbox.MessageLine.Contains("its certificate is not one that DBSSLCA vouches for", StringComparison.Ordinal));
    }

    [Fact]
    public void A_port_of_another_program_is_75_and_named_in_the_log()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        new Thread(() =>
        {
            using var socket = other.AcceptSocket();
            socket.Send("HTTP/1.1 400 Bad Request\r\n\r\n"u8);
        })
        { IsBackground = true }.Start();
        string host = other.LocalEndpoint.ToString()!;
        _sandbox.Write("include/ost-config.php", $"<?php define('DBHOST', '{host}'); define('DBNAME', 'a'); define('DBUSER', 'b');");

        _sandbox.Run(Mail).AssertSilent(75);

        Assert.Contains($"outcome=deferred reason=\"the database cannot be used: {host}: what answers there is no MySQL or MariaDB server\"", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.LogLines, line => line.Contains("broke off", StringComparison.Ordinal));
    }

    private void Configure(string host, string authorities)
    {
        string file = Path.Combine(_sandbox.Folder, "include", "ost-config.php");
        string[] others = [.. File.ReadAllLines(file).Where(line => !line.Contains("DBHOST", StringComparison.Ordinal))];
        File.WriteAllLines(file, [.. others, $"define('DBHOST', '{host}');", $"define('DBSSLCA', '{authorities}');"]);
    }
}
