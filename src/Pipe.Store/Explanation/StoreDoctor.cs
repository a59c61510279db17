using System.Data.Common;
using System.Globalization;
using Pipe.Store.Settings;

namespace Pipe.Store.Explanation;

/// <summary>Proves that a ticket store can be reached and written, and leaves nothing behind.</summary>
public sealed class StoreDoctor
{
    private const string WriteSql = "INSERT INTO $config (namespace, `key`, value) VALUES ('pipe.probe', @key, '1')";

    private const string EraseSql = "DELETE FROM $config WHERE namespace = 'pipe.probe' AND `key` = @key";

    private const string MailboxesSql = "SELECT email FROM $email ORDER BY email_id";

    private const string ClockSql = "SELECT CAST(UTC_TIMESTAMP() AS CHAR)";

    // osTicket's own tables have no such index; the embedded store has. The number of rows is the server's estimate.
    private const string UnindexedTicketsSql = """
        SELECT t.table_rows FROM information_schema.tables t WHERE t.table_schema = DATABASE() AND t.table_name = '$ticket' AND NOT EXISTS (
          SELECT 1 FROM information_schema.statistics s
           WHERE s.table_schema = DATABASE() AND s.table_name = '$ticket' AND s.column_name = 'number' AND s.seq_in_index = 1)
        """;

    private const string NumberIndexSql = "ALTER TABLE $ticket ADD INDEX number (number)";

    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Uses a database that exists.</summary>
    /// <param name="connect">Makes one connection per call, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, limits.</param>
    public StoreDoctor(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Uses an SQLite file that exists.</summary>
    public static StoreDoctor OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options with { CreateIfMissing = false }), StoreDialect.Sqlite, options with { CreateIfMissing = false });

    /// <summary>Reads the settings a delivery would read, and writes and undoes one row.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    /// <exception cref="DbException">The store cannot be used.</exception>
    public StoreCheckup Examine(CancellationToken cancellationToken = default)
    {
        using var session = StoreSession.Open(_connect, _dialect, _options, cancellationToken);
        _ = HelpDesk.Load(session);
        var mailboxes = new List<string>();
        using (var rows = session.Query(MailboxesSql))
        {
            while (rows.Read())
                mailboxes.Add(rows.Text(0));
        }

        bool isServer = !ReferenceEquals(_dialect, StoreDialect.Sqlite);
        DateTime? utcNow = isServer ? DatabaseClock.FromColumn(session.Scalar(ClockSql) as string) : null;
        long unsafeTables = TransactionlessTables.Count(session);
        long unindexed = isServer ? Convert.ToInt64(session.Scalar(UnindexedTicketsSql), CultureInfo.InvariantCulture) : 0;

        // Erased as well as undone: a table without transactions would keep the row.
        string key = Guid.NewGuid().ToString("N");
        session.Execute(isServer ? "START TRANSACTION" : "BEGIN IMMEDIATE");
        session.Execute(WriteSql, ("key", key));
        session.Execute(EraseSql, ("key", key));
        session.Execute("ROLLBACK");
        return new StoreCheckup
        {
            UtcNow = utcNow,
            Mailboxes = mailboxes,
            TablesWithoutTransactions = unsafeTables,
            TicketsWithoutNumberIndex = unindexed,
            NumberIndexSql = NumberIndexSql.Replace("$", _options.TablePrefix, StringComparison.Ordinal),
        };
    }
}
