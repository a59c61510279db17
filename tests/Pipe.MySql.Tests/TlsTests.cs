using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pipe.Testing;

namespace Pipe.MySql.Tests;

/// <summary>A real server with a certificate of an authority of our own.</summary>
public sealed class TlsTests : IClassFixture<TlsTests.TlsServer>
{
    private readonly TlsServer _fixture;

    public TlsTests(TlsServer fixture) => _fixture = fixture;

    [SkippableTheory]
    [InlineData("SslMode=Preferred")]
    [InlineData("SslMode=Required")]
    [InlineData("SslMode=VerifyCA;SslCa={ca}")]
    [InlineData("SslMode=VerifyFull;SslCa={ca}")]
    [InlineData("SslMode=Required;TlsVersion=TLS 1.2")]
    [InlineData("SslMode=Required;SslCert={cert};SslKey={key};User ID=cert_x;Password=pw")]
    public async Task The_connection_is_encrypted(string options)
    {
        using var connection = new MySqlConnection(_fixture.ConnectionString(options));
        connection.Open();
        Assert.NotEqual("", Cipher(connection));
        Assert.Equal(3_000_000, ((byte[])connection.Scalar("SELECT @b", ("@b", new byte[3_000_000]))!).Length);

        await using var asynchronous = new MySqlConnection(_fixture.ConnectionString(options));
        await asynchronous.OpenAsync();
        await using var command = asynchronous.Command("SELECT REPEAT('x', 1000000)");
        Assert.Equal(1_000_000, ((string)(await command.ExecuteScalarAsync())!).Length);
    }

    [SkippableFact]
    public void A_certificate_for_another_host_is_refused_with_VerifyFull_only()
    {
        using var refused = new MySqlConnection(_fixture.ConnectionString("Server=localhost;Protocol=Tcp;SslMode=VerifyFull;SslCa={ca}"));
        Assert.Equal(2026, Assert.Throws<MySqlException>(refused.Open).Number);
        using var accepted = new MySqlConnection(_fixture.ConnectionString("Server=localhost;Protocol=Tcp;SslMode=VerifyCA;SslCa={ca}"));
        accepted.Open();
    }

    [SkippableTheory]
    [InlineData("SslMode=VerifyCA")] // the system does not know our authority
    [InlineData("SslMode=VerifyCA;SslCa={other}")]
    [InlineData("SslMode=VerifyFull;SslCa={other}")]
    [InlineData("SslMode=VerifyCA;SslCa=/no/such/file")]
    [InlineData("SslMode=Required;SslCert={cert}")]
    public async Task A_certificate_that_cannot_be_verified_is_refused(string options)
    {
        using var connection = new MySqlConnection(_fixture.ConnectionString(options));
        Assert.Equal(2026, Assert.Throws<MySqlException>(connection.Open).Number);
        Assert.Equal(2026, (await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync())).Number);
    }

    [SkippableFact]
    public void A_socket_is_not_encrypted_unless_that_is_asked_for()
    {
        using var plain = new MySqlConnection(_fixture.ConnectionString("Server={socket};Protocol=Unix"));
        plain.Open();
        Assert.Equal("", Cipher(plain));
        using var encrypted = new MySqlConnection(_fixture.ConnectionString("Server={socket};Protocol=Unix;SslMode=Required"));
        encrypted.Open();
        Assert.NotEqual("", Cipher(encrypted));
    }

    [SkippableFact]
    public void Without_tls_an_account_that_needs_it_does_not_come_in()
    {
        using var connection = new MySqlConnection(_fixture.ConnectionString("SslMode=None;User ID=cert_x;Password=pw"));
        Assert.Equal(MySqlErrorCode.AccessDenied, Assert.Throws<MySqlException>(connection.Open).ErrorCode);
    }

    private static string Cipher(MySqlConnection connection)
    {
        using var reader = connection.Command("SHOW SESSION STATUS LIKE 'Ssl_cipher'").ExecuteReader();
        Assert.True(reader.Read());
        return reader.GetString(1);
    }

    public sealed class TlsServer : IDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("pipe-tls-").FullName;
        private readonly MariaDbServer? _server;

        public TlsServer()
        {
            using var authority = Authority("Test CA", "ca.pem");
            using var other = Authority("Other CA", "other.pem");
            Issue(authority, "server", IPAddress.Loopback);
            Issue(authority, "client", address: null);
            if (MariaDbServer.SkipReason is not null)
                return;
            _server = MariaDbServer.Start(
                "--ssl-ca=" + PathOf("ca.pem"), "--ssl-cert=" + PathOf("server-cert.pem"), "--ssl-key=" + PathOf("server-key.pem"));
            _server.Execute("CREATE USER cert_x@'%' IDENTIFIED BY 'pw' REQUIRE X509");
        }

        public string ConnectionString(string options)
        {
            Skip.If(_server is null, MariaDbServer.SkipReason);
            options = options.Replace("{ca}", PathOf("ca.pem"), StringComparison.Ordinal)
                .Replace("{other}", PathOf("other.pem"), StringComparison.Ordinal)
                .Replace("{cert}", PathOf("client-cert.pem"), StringComparison.Ordinal)
                .Replace("{key}", PathOf("client-key.pem"), StringComparison.Ordinal)
                .Replace("{socket}", _server.SocketPath, StringComparison.Ordinal);
            return $"Server=127.0.0.1;Port={_server.Port};User ID={_server.User};Password={_server.Password};{options}";
        }

        public void Dispose()
        {
            _server?.Dispose();
            Directory.Delete(_directory, recursive: true);
        }

        private string PathOf(string file) => Path.Combine(_directory, file);

        private X509Certificate2 Authority(string name, string file)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
            File.WriteAllText(PathOf(file), certificate.ExportCertificatePem());
            return certificate;
        }

        private void Issue(X509Certificate2 authority, string name, IPAddress? address)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (address is not null)
            {
                var names = new SubjectAlternativeNameBuilder();
                names.AddIpAddress(address);
                request.CertificateExtensions.Add(names.Build());
            }
            using var certificate = request.Create(
                authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), Guid.NewGuid().ToByteArray());
            File.WriteAllText(PathOf(name + "-cert.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(PathOf(name + "-key.pem"), key.ExportPkcs8PrivateKeyPem());
        }
    }
}
