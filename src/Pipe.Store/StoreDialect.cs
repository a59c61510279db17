namespace Pipe.Store;

/// <summary>The few statements that differ between the database systems a ticket store can live in.</summary>
public abstract class StoreDialect
{
    private protected StoreDialect()
    {
    }

    /// <summary>The embedded store: one SQLite file.</summary>
    public static StoreDialect Sqlite { get; } = new SqliteDialect();

    /// <summary>A MySQL or MariaDB server, as osTicket uses it.</summary>
    public static StoreDialect MySql { get; } = new MySqlDialect();
}
