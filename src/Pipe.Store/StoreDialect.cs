using System.Data.Common;
using Pipe.Store.Intake;

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

    internal abstract string LastInsertIdSql { get; }

    /// <summary>Lists tables and columns of the tables whose names follow, up to the closing parenthesis.</summary>
    internal abstract string ColumnsSql { get; }

    /// <summary>How long one statement may take.</summary>
    internal virtual TimeSpan StatementTimeout(StoreOptions options) => options.CommandTimeout;

    /// <summary>What makes a SELECT lock its rows until the end of the transaction; empty where the transaction locks everything.</summary>
    internal abstract string ForUpdate { get; }

    /// <summary>"INSERT" that does nothing where the row is there already.</summary>
    internal abstract string InsertIfAbsent { get; }

    /// <summary>What is sent ahead of the first statement of a connection; empty for nothing.</summary>
    internal abstract string SessionSettings { get; }

    /// <summary>Whether a value is so large that its statement is prepared on the server first.</summary>
    internal virtual bool IsBetterPrepared(object? value) => false;

    /// <summary>Makes a fresh connection ready for use.</summary>
    internal abstract void OnOpened(StoreSession session);

    /// <summary>Waits until no other process handles the same message, and reads the database's clock.</summary>
    internal abstract DatabaseClock LockMessage(StoreSession session, string messageId);

    /// <summary>Keeps a ticket number from being taken by others until this session ends; false when a ticket has it or somebody else holds it.</summary>
    internal abstract bool TryReserveNumber(StoreSession session, string number);

    /// <summary>Does the same for a number that was free some time ago, without reading a whole table.</summary>
    /// <returns><c>null</c> when the tickets are not those that were looked at then.</returns>
    internal virtual bool? TryReserveNumber(StoreSession session, FreeNumber number) => TryReserveNumber(session, number.Number);

    /// <summary>Whether looking for a ticket number reads a whole table.</summary>
    internal virtual bool ScansForNumbers => false;

    /// <summary>Begins the transaction that holds all writes of one message, if it has not begun with the lock.</summary>
    internal abstract void BeginWriting(StoreSession session);

    /// <summary>Ends a transaction in which nothing was written, so that later reads see what others have written since.</summary>
    internal abstract void CancelWriting(StoreSession session);

    /// <summary>What the database would make of a text, so that nothing else is compared or stored.</summary>
    internal abstract string Storable(string text);

    /// <summary>Whether the same work may succeed when it is started anew: a deadlock, a lost race for a unique key.</summary>
    internal abstract bool IsRace(DbException error);

    /// <summary>Whether a table or column is not there.</summary>
    internal abstract bool IsMissingObject(DbException error);

    /// <summary>Whose fault an error is.</summary>
    internal abstract DeferralCause CauseOf(DbException error);
}
