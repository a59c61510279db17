namespace Pipe.Store.Tests;

public sealed class OstConfigTests : IDisposable
{
    private const string Sample = """
        <?php
        # define('DBHOST', 'commented.example');
        /* define('DBNAME','commented'); */
        if(!strcasecmp(basename($_SERVER['SCRIPT_NAME']),basename(__FILE__)) || !defined('INCLUDE_DIR'))
            die('no access');
        define('OSTINSTALLED',TRUE);
        define('SECRET_SALT','a\'b\\c');
        define( "ADMIN_EMAIL" , "ada@acme.test" ); // the administrator
        define('DBHOST','db1.acme.test:3307, localhost:/run/db.sock');
        define('DBNAME','desk');
        define('DBUSER',"de" . 'sk');
        define('DBPASS',"p\$w\x41\n");
        define('TABLE_PREFIX','ost_');
        define('TABLE_PREFIX','second_');
        define('DBSSLCA', getenv('CA'));
        define('DBSSLKEY', __DIR__ . '/key.pem');
        define('DBCONNECT_TIMEOUT', 7);
        ?>
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pipe-osticket-");

    private string Configuration => Path.Combine(_root.FullName, "include", "ost-config.php");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("api")]
    [InlineData("include")]
    [InlineData("include/ost-config.php")]
    public void Load_finds_the_configuration_from_any_place_of_the_installation(string place)
    {
        Install(Sample);

        var config = OstConfig.Load(Path.Combine(_root.FullName, place));

        Assert.Equal(("desk", "desk", "p$wA\n", "ost_", "a'b\\c"), (config.Database, config.User, config.Password, config.TablePrefix, config.SecretSalt));
        Assert.Equal([new DatabaseTarget("db1.acme.test", 3307), new DatabaseTarget("localhost", Socket: "/run/db.sock")], config.Targets);
        Assert.Equal(("ada@acme.test", TimeSpan.FromSeconds(7)), (config.AdminEmail, config.ConnectTimeout));
        Assert.Null(config.SslCa);
        Assert.Equal(Path.Combine(_root.FullName, "include", "key.pem"), config.SslKey);
    }

    [Theory]
    [InlineData("localhost", "localhost", null, null)]
    [InlineData("p:db:3306", "db", 3306, null)]
    [InlineData("localhost:/tmp/mysql.sock", "localhost", null, "/tmp/mysql.sock")]
    [InlineData(":/tmp/mysql.sock", "localhost", null, "/tmp/mysql.sock")]
    [InlineData("[::1]:3308", "::1", 3308, null)]
    [InlineData("::1", "::1", null, null)]
    public void Every_form_of_the_host_is_understood(string host, string name, int? port, string? socket)
    {
        Install(Sample.Replace("db1.acme.test:3307, localhost:/run/db.sock", host, StringComparison.Ordinal));

        Assert.Equal(new DatabaseTarget(name, port, socket), Assert.Single(OstConfig.Load(_root.FullName).Targets));
    }

    [Fact]
    public void A_missing_salt_is_what_osTicket_computes()
    {
        Install("<?php define('DBHOST','h'); define('DBNAME','n'); define('DBUSER','u'); define('TABLE_PREFIX','ost_'); define('ADMIN_EMAIL','a@b');");

        Assert.Equal(Convert.ToHexStringLower(MD5("ost_a@b")), OstConfig.Load(_root.FullName).SecretSalt);
    }

    [Theory]
    [InlineData("<?php define('DBHOST','h'); define('DBUSER','u');", "DBNAME")]
    [InlineData("", "DBHOST")]
    public void A_constant_that_is_missing_is_named(string source, string name)
    {
        Install(source);

        var error = Assert.Throws<StoreException>(() => OstConfig.Load(_root.FullName));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal(DeferralCause.Configuration, error.Cause);
    }

    [Fact]
    public void A_place_without_an_installation_is_the_administrators_error() =>
        Assert.Equal(DeferralCause.Configuration, Assert.Throws<StoreException>(() => OstConfig.Load(Path.Combine(_root.FullName, "nowhere"))).Cause);

    private void Install(string source)
    {
        _root.CreateSubdirectory("include");
        _root.CreateSubdirectory("api");
        File.WriteAllText(Configuration, source);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "What osTicket computes.")]
    private static byte[] MD5(string text) => System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text));
}
