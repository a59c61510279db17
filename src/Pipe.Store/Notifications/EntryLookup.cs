using System.Data.Common;

namespace Pipe.Store.Notifications;

/// <summary>Tells whether an entry was committed, for mails whose process died before it knew.</summary>
public sealed class EntryLookup(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
{
    private const string FindSql = "SELECT 1 FROM $thread_entry_email WHERE mid = @mid AND thread_entry_id = @entry";

    /// <summary>Asks an SQLite file; it is not created.</summary>
    public static EntryLookup OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options with { CreateIfMissing = false }), StoreDialect.Sqlite, options);

    /// <summary>Whether the store has this entry of this Message-ID.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public bool IsCommitted(string messageId, long entryId)
    {
        try
        {
            using var session = Sql.StoreSession.Open(connect, dialect, options, CancellationToken.None);
            string mid = messageId.Length > Intake.Column.MessageIdLength ? messageId[..Intake.Column.MessageIdLength] : messageId;
            return session.Scalar(FindSql, ("mid", mid), ("entry", entryId)) is not null;
        }
        catch (DbException e)
        {
            throw new StoreException("the store cannot tell which entries it has: " + e.Message, e);
        }
    }
}
