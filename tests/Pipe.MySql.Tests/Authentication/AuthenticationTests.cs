using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Pipe.MySql.Authentication;

namespace Pipe.MySql.Tests.Authentication;

[SuppressMessage("Security", "CA5350", Justification = "mysql_native_password is defined with SHA-1.")]
public class AuthenticationTests
{
    private static readonly byte[] Password = "secret"u8.ToArray();

    [Fact]
    public void The_hashes_are_those_of_the_framework()
    {
        var random = new Random(4);
        for (var length = 0; length < 300; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);
            Assert.Equal(SHA1.HashData(data), Sha1.HashData(data));
            Assert.Equal(SHA256.HashData(data), Sha256.HashData(data));
        }
    }

    [Fact]
    public void Native_password_answers_the_scramble_of_the_protocol_documentation()
    {
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("mysql_native_password"));
            var response = FakeMySqlServer.ResponseIn(s.Receive());
            Assert.Equal(NativeResponse(FakeMySqlServer.Scramble), response);
            s.Send(FakeMySqlServer.Ok());
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        connection.Open();
        Assert.Equal("8.4.0", connection.ServerVersion);
    }

    [Fact]
    public void Auth_switch_is_followed_with_the_new_scramble()
    {
        var scramble = "ABCDEFGHIJKLMNOPQRST"u8.ToArray();
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("caching_sha2_password"));
            s.Receive();
            s.Send([0xFE, .. "mysql_native_password\0"u8, .. scramble, 0]);
            Assert.Equal(NativeResponse(scramble), s.Receive());
            s.Send(FakeMySqlServer.Ok());
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        connection.Open();
    }

    [Fact]
    public async Task Caching_sha2_fast_path_needs_the_hash_only()
    {
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("caching_sha2_password"));
            var once = SHA256.HashData(Password);
            var mask = SHA256.HashData([.. SHA256.HashData(once), .. FakeMySqlServer.Scramble]);
            Assert.Equal(once.Zip(mask, (a, b) => (byte)(a ^ b)), FakeMySqlServer.ResponseIn(s.Receive()));
            s.Send(1, 3);
            s.Send(FakeMySqlServer.Ok());
        });
        await using var connection = new MySqlConnection(server.ConnectionString);
        await connection.OpenAsync();
    }

    [Theory]
    [InlineData("caching_sha2_password")]
    [InlineData("sha256_password")]
    public void Without_tls_the_password_is_encrypted_with_the_servers_key(string plugin)
    {
        using var rsa = RSA.Create(2048);
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("caching_sha2_password"));
            s.Receive();
            if (plugin == "sha256_password")
            {
                s.Send([0xFE, .. Encoding.ASCII.GetBytes(plugin), 0, .. FakeMySqlServer.Scramble, 0]);
                Assert.Equal([1], s.Receive());
            }
            else
            {
                s.Send(1, 4);
                Assert.Equal([2], s.Receive());
            }
            s.Send([1, .. Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem())]);
            var sent = rsa.Decrypt(s.Receive(), RSAEncryptionPadding.OaepSHA1);
            for (var i = 0; i < sent.Length; i++)
                sent[i] ^= FakeMySqlServer.Scramble[i % 20];
            Assert.Equal("secret\0"u8.ToArray(), sent);
            s.Send(FakeMySqlServer.Ok());
        });
        using var connection = new MySqlConnection(server.ConnectionString + ";AllowPublicKeyRetrieval=true");
        connection.Open();
    }

    [Fact]
    public void The_servers_key_can_come_from_a_file()
    {
        using var rsa = RSA.Create(2048);
        var file = Path.GetTempFileName();
        File.WriteAllText(file, rsa.ExportSubjectPublicKeyInfoPem());
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("caching_sha2_password"));
            s.Receive();
            s.Send(1, 4);
            Assert.Equal(7, rsa.Decrypt(s.Receive(), RSAEncryptionPadding.OaepSHA1).Length);
            s.Send(FakeMySqlServer.Ok());
        });
        using var connection = new MySqlConnection(server.ConnectionString + ";ServerRsaPublicKeyFile=" + file);
        connection.Open();
        File.Delete(file);
    }

    [Theory]
    [InlineData("caching_sha2_password", "AllowPublicKeyRetrieval")]
    [InlineData("sha256_password", "AllowPublicKeyRetrieval")]
    [InlineData("mysql_clear_password", "TLS only")]
    [InlineData("client_ed25519", "'client_ed25519'")]
    [InlineData("dialog", "'dialog'")]
    [InlineData("mysql_old_password", "'mysql_old_password'")]
    public void What_would_give_the_password_away_or_is_unknown_is_a_clear_error(string plugin, string text)
    {
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("mysql_native_password"));
            s.Receive();
            s.Send([0xFE, .. Encoding.ASCII.GetBytes(plugin), 0, .. FakeMySqlServer.Scramble, 0]);
            var answer = s.Receive();
            Assert.DoesNotContain("secret", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
            s.Send(1, 4);
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        var exception = Assert.Throws<MySqlException>(connection.Open);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_without_tls_is_refused_when_tls_is_required()
    {
        foreach (var mode in new[] { "Required", "VerifyCA", "VerifyFull" })
        {
            using var server = new FakeMySqlServer(s => s.Send(FakeMySqlServer.Greeting("mysql_native_password")));
            using var connection = new MySqlConnection(server.ConnectionString + ";SslMode=" + mode);
            Assert.Equal(2026, Assert.Throws<MySqlException>(connection.Open).Number);
        }
    }

    [Fact]
    public void A_server_that_is_full_says_so_before_the_handshake()
    {
        using var server = new FakeMySqlServer(s => s.Send([0xFF, 0x10, 0x04, .. "Too many connections"u8]));
        using var connection = new MySqlConnection(server.ConnectionString);
        var exception = Assert.Throws<MySqlException>(connection.Open);
        Assert.Equal(MySqlErrorCode.ConnectionCountError, exception.ErrorCode);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public void A_server_that_asks_without_end_is_left()
    {
        using var server = new FakeMySqlServer(s =>
        {
            s.Send(FakeMySqlServer.Greeting("caching_sha2_password"));
            s.Receive();
            for (var i = 0; i < 100; i++)
                s.Send(1, 3);
        });
        using var connection = new MySqlConnection(server.ConnectionString);
        Assert.Equal(2027, Assert.Throws<MySqlException>(connection.Open).Number);
    }

    private static byte[] NativeResponse(byte[] scramble)
    {
        var once = SHA1.HashData(Password);
        var mask = SHA1.HashData([.. scramble, .. SHA1.HashData(once)]);
        return [.. once.Zip(mask, (a, b) => (byte)(a ^ b))];
    }
}
