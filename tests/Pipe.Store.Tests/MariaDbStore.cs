using System.Data.Common;
using System.Reflection;
using MySqlConnector;

namespace Pipe.Store.Tests;

/// <summary>Databases with osTicket's tables on a real MariaDB server.</summary>
internal static class MariaDbStore
{
    // What is lost when the machine dies is no matter here, and creating tables is slow otherwise.
    private static readonly Lazy<MariaDbServer> Server = new(
        () => MariaDbServer.Start("--sync-frm=0", "--innodb-flush-method=nosync", "--innodb-file-per-table=0", "--innodb-flush-log-at-trx-commit=0"));

    public static StoreUnderTest Create(string engine = "InnoDB")
    {
        string database = CreateDatabase(engine);
        return new StoreUnderTest(() => Connect(database), StoreDialect.MySql, Options);
    }

    public static StoreOptions Options => StoreUnderTest.Options with { LastInsertedId = command => ((MySqlCommand)command).LastInsertedId };

    /// <summary>Makes a database with a help desk's tables and osTicket's defaults.</summary>
    public static string CreateDatabase(string engine = "InnoDB")
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        string database = Server.Value.CreateDatabase();
        Server.Value.Execute(
            $"SET default_storage_engine = {engine}; SET sql_mode = ''; {Text("osticket-schema.sql", typeof(MariaDbStore).Assembly)}{Defaults()}", database);
        return database;
    }

    public static DbConnection Connect(string database) => new MySqlConnection(
        $"Server={Server.Value.SocketPath};ConnectionProtocol=Unix;User ID={Server.Value.User};Password={Server.Value.Password};Database={database};Pooling=false");

    // The embedded store's defaults are osTicket's; here they go through the command-line client.
    private static string Defaults() => Text("defaults.sql", typeof(TicketStore).Assembly)
        .Replace("@department", "'Support'", StringComparison.Ordinal)
        .Replace("@mailboxId", "'1'", StringComparison.Ordinal)
        .Replace("@address", "'support@acme.test'", StringComparison.Ordinal)
        .Replace("@name", "'Support'", StringComparison.Ordinal)
        .Replace("@salt", "''", StringComparison.Ordinal)
        .Replace("$", "ost_", StringComparison.Ordinal);

    private static string Text(string name, Assembly assembly)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
