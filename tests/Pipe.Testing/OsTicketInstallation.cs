using System.Globalization;

namespace Pipe.Testing;

/// <summary>A help desk's database on a MariaDB server, with osTicket's tables and defaults, and the <c>ost-config.php</c> that leads to it.</summary>
public sealed class OsTicketInstallation
{
    /// <summary>The help desk's address.</summary>
    public const string SystemEmail = "support@example.test";

    private readonly MariaDbServer _server;

    private OsTicketInstallation(MariaDbServer server, string database, string folder)
    {
        _server = server;
        Database = database;
        Folder = folder;
    }

    /// <summary>The name of the database.</summary>
    public string Database { get; }

    /// <summary>The folder of the installation; its <c>include</c> holds the configuration.</summary>
    public string Folder { get; }

    /// <summary>Makes a database and an installation that uses it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="folder">Where the installation is made.</param>
    /// <param name="user">The account; the server's all-powerful one by default.</param>
    /// <param name="password">Its password.</param>
    public static OsTicketInstallation Create(MariaDbServer server, string folder, string? user = null, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        string database = server.CreateDatabase();
        string schema = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "Pipe.Store.Tests", "osticket-schema.sql"));
        string defaults = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "src", "Pipe.Store", "Embedded", "defaults.sql"))
            .Replace("@department", "'Support'", StringComparison.Ordinal)
            .Replace("@mailboxId", "'1'", StringComparison.Ordinal)
            .Replace("@address", $"'{SystemEmail}'", StringComparison.Ordinal)
            .Replace("@name", "'Support'", StringComparison.Ordinal)
            .Replace("@salt", "''", StringComparison.Ordinal)
            .Replace("$", "ost_", StringComparison.Ordinal);
        server.Execute("SET sql_mode = '';" + schema + defaults, database);

        var installation = new OsTicketInstallation(server, database, folder);
        installation.Configure(user ?? server.User, password ?? server.Password);
        return installation;
    }

    /// <summary>Writes the configuration anew: for another account, or after the server has another socket.</summary>
    public void Configure(string user, string password)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "include"));
        File.WriteAllText(Path.Combine(Folder, "include", "ost-config.php"), string.Create(CultureInfo.InvariantCulture, $"""
            <?php
            define('OSTINSTALLED', TRUE);
            define('SECRET_SALT', 'k3BXsVwPzq7NdYhR5mLcTgJ8fQa2ZuE9');
            define('ADMIN_EMAIL', 'admin@example.test');
            define('DBTYPE', 'mysql');
            define('DBHOST', 'localhost:{_server.SocketPath}');
            define('DBNAME', '{Database}');
            define('DBUSER', '{user}');
            define('DBPASS', '{password}');
            define('TABLE_PREFIX', 'ost_');
            """));
    }

    /// <summary>Runs SQL as root in the database: rows by line, columns by tab.</summary>
    public string Execute(string sql) => _server.Execute(sql, Database);
}
