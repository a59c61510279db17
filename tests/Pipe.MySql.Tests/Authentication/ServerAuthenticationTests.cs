namespace Pipe.MySql.Tests.Authentication;

/// <summary>The accounts that the real server offers.</summary>
public class ServerAuthenticationTests
{
    [SkippableFact]
    public void Accounts_without_a_password_and_with_one_in_any_script_come_in()
    {
        var server = TestDatabase.Server;
        server.Execute("CREATE OR REPLACE USER empty@'%'; CREATE OR REPLACE USER 'jörg'@'%' IDENTIFIED BY 'pässwörd😀;\"=';");
        foreach (var account in new[] { "User ID=empty", "User ID=jörg;Password='pässwörd😀;\"='" })
        {
            foreach (var place in new[] { $"Server=127.0.0.1;Port={server.Port}", $"Server={server.SocketPath}" })
            {
                using var connection = new MySqlConnection($"{place};{account}");
                connection.Open();
                Assert.Equal(1, connection.Scalar("SELECT 1"));
            }
        }
    }

    [SkippableFact]
    public void The_kernel_vouches_for_a_unix_socket_account()
    {
        var server = TestDatabase.Server;
        server.Execute($"CREATE USER IF NOT EXISTS '{Environment.UserName}'@localhost; ALTER USER '{Environment.UserName}'@localhost IDENTIFIED VIA unix_socket");
        using var connection = new MySqlConnection($"Server={server.SocketPath};User ID={Environment.UserName}");
        connection.Open();
        Assert.Equal($"{Environment.UserName}@localhost", connection.Scalar("SELECT CURRENT_USER()"));

        server.Execute("CREATE OR REPLACE USER other_x@localhost IDENTIFIED VIA unix_socket");
        using var other = new MySqlConnection($"Server={server.SocketPath};User ID=other_x");
        Assert.Equal(1698, Assert.Throws<MySqlException>(other.Open).Number);
    }

    [SkippableFact]
    public void An_account_with_a_choice_of_plugins_comes_in_with_the_one_that_fits()
    {
        var server = TestDatabase.Server;
        server.Execute("CREATE OR REPLACE USER both_x@'%' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('pw')");
        foreach (var place in new[] { $"Server=127.0.0.1;Port={server.Port}", $"Server={server.SocketPath}" })
        {
            using var connection = new MySqlConnection($"{place};User ID=both_x;Password=pw");
            connection.Open();
        }
    }

    [SkippableFact]
    public void Ed25519_is_named_in_the_error()
    {
        var server = TestDatabase.Server;
        server.Execute("INSTALL SONAME 'auth_ed25519'; CREATE OR REPLACE USER ed_x@'%' IDENTIFIED VIA ed25519 USING PASSWORD('pw')");
        using var connection = new MySqlConnection($"Server=127.0.0.1;Port={server.Port};User ID=ed_x;Password=pw");
        Assert.Contains("client_ed25519", Assert.Throws<MySqlException>(connection.Open).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_unknown_database_is_the_servers_error()
    {
        var server = TestDatabase.Server;
        using var connection = new MySqlConnection($"Server={server.SocketPath};User ID=root;Database=no_such_database");
        Assert.Equal(MySqlErrorCode.UnknownDatabase, Assert.Throws<MySqlException>(connection.Open).ErrorCode);
    }
}
