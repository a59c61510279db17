using System.Data.Common;

namespace Pipe.Store.Explanation;

/// <summary>Finds messages in a ticket store by their Message-ID or their ticket's number.</summary>
public sealed class MessageHistory
{
    private const string ByMessageIdSql = """
        SELECT m.mid, t.number, e.id, e.type, e.poster, CAST(e.created AS CHAR)
          FROM $thread_entry_email m
          LEFT JOIN $thread_entry e ON e.id = m.thread_entry_id
          LEFT JOIN $thread th ON th.id = e.thread_id AND th.object_type IN ('T', 'C')
          LEFT JOIN $ticket t ON t.ticket_id = th.object_id
         WHERE m.mid IN (@plain, @bracketed) ORDER BY m.id
        """;

    private const string ByNumberSql = """
        SELECT m.mid, t.number, e.id, e.type, e.poster, CAST(e.created AS CHAR)
          FROM $ticket t
          JOIN $thread th ON th.object_id = t.ticket_id AND th.object_type IN ('T', 'C')
          JOIN $thread_entry e ON e.thread_id = th.id
          LEFT JOIN $thread_entry_email m ON m.thread_entry_id = e.id
         WHERE t.number = @number ORDER BY e.id
        """;

    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Reads a database that exists.</summary>
    /// <param name="connect">Makes one connection per call, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, limits.</param>
    public MessageHistory(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Reads an SQLite file; it is not created.</summary>
    public static MessageHistory OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options with { CreateIfMissing = false }), StoreDialect.Sqlite, options with { CreateIfMissing = false });

    /// <summary>The messages with this Message-ID (with or without angle brackets), or on the ticket of this number.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    /// <exception cref="DbException">The store cannot be read.</exception>
    public IReadOnlyList<StoredMessage> Find(string id, CancellationToken cancellationToken = default)
    {
        using var session = StoreSession.Open(_connect, _dialect, _options, cancellationToken);
        string plain = id.Trim('<', '>', ' ');
        var found = Read(session.Query(ByMessageIdSql, ("plain", plain), ("bracketed", $"<{plain}>")));
        return found.Count > 0 ? found : Read(session.Query(ByNumberSql, ("number", plain)));
    }

    private static List<StoredMessage> Read(SqlRows rows)
    {
        var found = new List<StoredMessage>();
        using (rows)
        {
            while (rows.Read())
            {
                bool isStored = !rows.IsNull(2);
                found.Add(new StoredMessage(
                    rows.Text(0), rows.Text(1), isStored ? rows.Long(2) : 0, isStored ? Kind(rows.Text(3)) : "denied", rows.Text(4), rows.Text(5)));
            }
        }

        return found;
    }

    private static string Kind(string type) => type switch
    {
        "M" => "message",
        "R" => "response",
        "N" => "note",
        _ => type,
    };
}
