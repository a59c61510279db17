using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pipe.Store.Embedded;

namespace Pipe.Store.Sql;

internal sealed class SqliteDialect : StoreDialect
{
    // Result codes: https://www.sqlite.org/rescode.html
    private const int GenericError = 1;
    private const int NoPermission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int NotADatabase = 26;

    internal override string LastInsertIdSql => "SELECT last_insert_rowid()";

    internal override string ColumnsSql =>
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name IN (";

    // The provider repeats a statement that finds the file locked for as long as the statement may take; SQLite itself has
    // waited by then. 0 would be for ever.
    internal override TimeSpan StatementTimeout(StoreOptions options) =>
        options.LockTimeout > TimeSpan.FromSeconds(1) ? options.LockTimeout : TimeSpan.FromSeconds(1);

    internal override string ForUpdate => "";

    internal override string InsertIfAbsent => "INSERT OR IGNORE";

    internal override string SessionSettings => "";

    internal override void OnOpened(StoreSession session) => EmbeddedStore.Prepare(session);

    // A writer shuts out all other writers, so the lock on the message is the transaction itself.
    internal override DatabaseClock LockMessage(StoreSession session, string messageId)
    {
        session.Execute("BEGIN IMMEDIATE");
        return new DatabaseClock(
            DatabaseClock.FromColumn(session.Scalar("SELECT CURRENT_TIMESTAMP") as string)
                ?? throw new StoreException("SQLite does not tell the time"),
            "UTC",
            "UTC");
    }

    internal override bool TryReserveNumber(StoreSession session, string number) =>
        session.Scalar("SELECT 1 FROM $ticket WHERE number = @number LIMIT 1", ("number", number)) is null;

    internal override void BeginWriting(StoreSession session)
    {
    }

    internal override void CancelWriting(StoreSession session)
    {
    }

    internal override string Storable(string text) => text;

    internal override bool IsRace(DbException error) => CodeOf(error) is Busy or Locked or Constraint;

    internal override bool IsMissingObject(DbException error) =>
        CodeOf(error) == GenericError && error.Message.Contains("no such", StringComparison.Ordinal)
        || error.Message.Contains("has no column", StringComparison.Ordinal);

    internal override DeferralCause CauseOf(DbException error) => CodeOf(error) switch
    {
        TooBig or Constraint or Mismatch => DeferralCause.Internal,
        GenericError or NoPermission or ReadOnly or CannotOpen or NotADatabase => DeferralCause.Configuration,
        _ => DeferralCause.Unavailable,
    };

    private static int CodeOf(DbException error) => (error as SqliteException)?.SqliteErrorCode ?? 0;
}
