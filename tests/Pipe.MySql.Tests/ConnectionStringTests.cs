using System.Data.Common;

namespace Pipe.MySql.Tests;

public class ConnectionStringTests
{
    [Fact]
    public void A_builder_writes_what_a_connection_reads()
    {
        var builder = new MySqlConnectionStringBuilder
        {
            Server = "db1,db2",
            Port = 3307,
            UserID = "osticket",
            Password = "a;b'c\"d =e",
            Database = "ost",
            SslMode = MySqlSslMode.VerifyCA,
            SslCa = "/etc/ssl/ca.pem",
            ConnectionTimeout = 7,
            DefaultCommandTimeout = 9,
            UseAffectedRows = true,
            ConvertZeroDateTime = true,
            GuidFormat = MySqlGuidFormat.None,
        };
        var options = MySql.Session.ConnectionOptions.Parse(builder.ConnectionString);

        Assert.Equal("db1,db2", options.Server);
        Assert.Equal(3307u, options.Port);
        Assert.Equal("osticket", options.UserId);
        Assert.Equal("a;b'c\"d =e", options.Password);
        Assert.Equal("ost", options.Database);
        Assert.Equal(MySqlSslMode.VerifyCA, options.SslMode);
        Assert.Equal(7u, options.ConnectionTimeoutSeconds);
        Assert.True(options.UseAffectedRows);
        Assert.True(options.ConvertZeroDateTime);
        Assert.Equal(MySqlGuidFormat.None, options.GuidFormat);
    }

    [Theory]
    [InlineData("x")]
    [InlineData(" lead and trail ")]
    [InlineData("a=b")]
    [InlineData("semi;colon")]
    [InlineData("quote\"s and 'both'")]
    [InlineData("'")]
    [InlineData("\"\"")]
    public void A_value_quoted_by_the_framework_is_read_as_it_was(string value)
    {
        var builder = new DbConnectionStringBuilder { ["Password"] = value, ["Server"] = "h" };
        Assert.Equal(value, MySql.Session.ConnectionOptions.Parse(builder.ConnectionString).Password);
        Assert.Equal(value, new MySqlConnectionStringBuilder(builder.ConnectionString).Password);
    }

    [Theory]
    [InlineData("Host=a", "Server")]
    [InlineData("Data Source=a", "Server")]
    [InlineData("Uid=a", "UserID")]
    [InlineData("user name=a", "UserID")]
    [InlineData("pwd=a", "Password")]
    [InlineData("Initial Catalog=a", "Database")]
    [InlineData("ssl-ca=a", "SslCa")]
    public void Keywords_have_the_spellings_of_MySqlConnector(string text, string property) =>
        Assert.Equal("a", typeof(MySqlConnectionStringBuilder).GetProperty(property)!.GetValue(new MySqlConnectionStringBuilder(text)));

    [Theory]
    [InlineData("Nonsense=1")]
    [InlineData("Port=x")]
    [InlineData("SslMode=Maybe")]
    [InlineData("UseAffectedRows=2")]
    [InlineData("Server")]
    [InlineData("Server=a;Password='open")]
    public void A_wrong_option_is_refused_when_the_connection_is_made(string text) =>
        Assert.Throws<ArgumentException>(() => new MySqlConnection(text));

    [Fact]
    public void No_message_of_a_wrong_connection_string_tells_the_password()
    {
        foreach (var text in new[] { "Password='geheim", "Password=geheim;x", "Password=geheim;Port=x", "Pasword=geheim", "Password=\"geheim\" x" })
        {
            var exception = Assert.Throws<ArgumentException>(() => new MySqlConnection(text));
            Assert.DoesNotContain("geheim", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void An_open_connection_does_not_tell_its_password()
    {
        using var connection = TestDatabase.Open();
        Assert.DoesNotContain(TestDatabase.Server.Password, connection.ConnectionString, StringComparison.Ordinal);
        using var persistent = TestDatabase.Open("PersistSecurityInfo=true");
        Assert.Contains(TestDatabase.Server.Password, persistent.ConnectionString, StringComparison.Ordinal);
    }
}
