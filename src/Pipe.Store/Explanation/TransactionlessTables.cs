using System.Globalization;

namespace Pipe.Store.Explanation;

/// <summary>Counts the tables of a help desk whose rows cannot be undone.</summary>
internal static class TransactionlessTables
{
    private const string CountSql = """
        SELECT COUNT(*) FROM information_schema.tables
         WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB'
           AND SUBSTR(table_name, 1, CHAR_LENGTH(@prefix)) = @prefix
        """;

    /// <summary>How many there are; an SQLite file has none.</summary>
    public static long Count(StoreSession session) => ReferenceEquals(session.Dialect, StoreDialect.Sqlite)
        ? 0
        : Convert.ToInt64(session.Scalar(CountSql, ("prefix", session.Options.TablePrefix)), CultureInfo.InvariantCulture);
}
