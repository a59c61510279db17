using System.Data;
using System.Data.Common;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>A transaction. Disposing of it rolls back what was not committed.</summary>
/// <remarks>
/// When <see cref="Commit"/> throws because the connection was lost, nobody but the server knows whether it has committed.
/// </remarks>
public sealed class MySqlTransaction : DbTransaction
{
    private MySqlConnection? _connection;

    internal MySqlTransaction(MySqlConnection connection, IsolationLevel isolationLevel)
    {
        _connection = connection;
        IsolationLevel = isolationLevel;
    }

    /// <summary>The connection, or null once the transaction is over.</summary>
    public new MySqlConnection? Connection => _connection;

    /// <inheritdoc/>
    public override IsolationLevel IsolationLevel { get; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => _connection;

    /// <inheritdoc/>
    /// <exception cref="MySqlException">The server refused, or the connection was lost.</exception>
    public override void Commit()
    {
        var connection = Active();
        connection.Execute(TextCommand.Run(connection.IdleSession(), "COMMIT"));
        End();
    }

    /// <inheritdoc/>
    /// <exception cref="MySqlException">The server refused, or the connection was lost.</exception>
    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        var connection = Active();
        await connection.ExecuteAsync(TextCommand.Run(connection.IdleSession(), "COMMIT"), cancellationToken).ConfigureAwait(false);
        End();
    }

    /// <inheritdoc/>
    public override void Rollback()
    {
        var connection = Active();
        connection.Execute(TextCommand.Run(connection.IdleSession(), "ROLLBACK"));
        End();
    }

    /// <inheritdoc/>
    public override async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        var connection = Active();
        await connection.ExecuteAsync(TextCommand.Run(connection.IdleSession(), "ROLLBACK"), cancellationToken).ConfigureAwait(false);
        End();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (CanRollBack())
        {
            try
            {
                await RollbackAsync().ConfigureAwait(false);
            }
            catch (MySqlException)
            {
                GiveUp();
            }
        }
        End();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    internal static string BeginSql(IsolationLevel level) => level switch
    {
        IsolationLevel.Unspecified => "START TRANSACTION",
        IsolationLevel.ReadUncommitted => "SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; START TRANSACTION",
        IsolationLevel.ReadCommitted => "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; START TRANSACTION",
        IsolationLevel.RepeatableRead => "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION",
        IsolationLevel.Serializable => "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; START TRANSACTION",
        IsolationLevel.Snapshot => "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION WITH CONSISTENT SNAPSHOT",
        _ => throw new NotSupportedException($"The isolation level {level} is not supported."),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && CanRollBack())
        {
            try
            {
                Rollback();
            }
            catch (MySqlException)
            {
                GiveUp();
            }
        }
        End();
        base.Dispose(disposing);
    }

    private MySqlConnection Active()
    {
        if (_connection is null)
            throw new InvalidOperationException("The transaction is over.");
        return ReferenceEquals(_connection.CurrentTransaction, this)
            ? _connection
            : throw new InvalidOperationException("The transaction's connection was closed, and with it the transaction rolled back.");
    }

    private bool CanRollBack() =>
        _connection is { State: ConnectionState.Open } && ReferenceEquals(_connection.CurrentTransaction, this);

    // The server rolls back when the connection ends.
    private void GiveUp()
    {
        if (_connection is { State: ConnectionState.Open })
            _connection.Close();
    }

    private void End()
    {
        if (_connection is not null && ReferenceEquals(_connection.CurrentTransaction, this))
            _connection.CurrentTransaction = null;
        _connection = null;
    }
}
