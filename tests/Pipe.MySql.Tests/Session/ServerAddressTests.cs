using Pipe.MySql.Session;

namespace Pipe.MySql.Tests.Session;

public class ServerAddressTests
{
    [Theory]
    [InlineData("Server=db", "db:3306")]
    [InlineData("Server=db;Port=3307", "db:3307")]
    [InlineData("Server=db:3308;Port=3307", "db:3308")]
    [InlineData("Server=p:db:3308", "db:3308")]
    [InlineData("Server=db:/run/my.sock", "/run/my.sock")]
    [InlineData("Server=:/run/my.sock", "/run/my.sock")]
    [InlineData("Server=/run/my.sock", "/run/my.sock")]
    [InlineData("Server=localhost:/run/my.sock", "/run/my.sock")]
    [InlineData("Server=run/my.sock;Protocol=Unix", "run/my.sock")]
    [InlineData("Server=a:1,b:2 , c", "a:1 b:2 c:3306")]
    [InlineData("Server=[::1]:3310", "::1:3310")]
    [InlineData("Server=[::1]", "::1:3306")]
    [InlineData("Server=fe80::1", "fe80::1:3306")]
    [InlineData("Server=localhost:3306", "localhost:3306")]
    [InlineData("Server=localhost;Port=3311", "localhost:3311")]
    [InlineData("Server=LOCALHOST;Protocol=Tcp", "localhost:3306")]
    public void ParseAll_understands_the_forms_of_osTicket_and_of_MySqlConnector(string connectionString, string expected) =>
        Assert.Equal(expected, string.Join(' ', ServerAddress.ParseAll(ConnectionOptions.Parse(connectionString))));

    [Theory]
    [InlineData("Server=db:port")]
    [InlineData("Server=db:0")]
    [InlineData("Server=db:70000")]
    [InlineData("Server=db:-1")]
    public void ParseAll_refuses_what_is_neither_port_nor_path(string connectionString) =>
        Assert.Throws<ArgumentException>(() => ServerAddress.ParseAll(ConnectionOptions.Parse(connectionString)));
}
