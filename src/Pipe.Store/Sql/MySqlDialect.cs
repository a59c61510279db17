using System.Data.Common;
using System.Globalization;
using System.Text;
using Pipe.Store.Intake;
using Pipe.Tickets.Entries;

namespace Pipe.Store.Sql;

internal sealed class MySqlDialect : StoreDialect
{
    // What osTicket's own connections have: columns without a default are left out of INSERTs and over-long texts are cut.
    private const string Settings = "SET NAMES utf8, SESSION sql_mode = '', SESSION time_zone = 'SYSTEM', autocommit = 1";

    // The derived table is made first, so the tickets are looked at when the number is held already.
    private const string ReserveNumberSql = """
        SELECT l.held, t.ticket_id FROM (SELECT GET_LOCK(@name, 0) AS held LIMIT 1) l LEFT JOIN $ticket t ON t.number = @number LIMIT 1
        """;

    // The same, with the primary key alone.
    private const string ReserveFreeNumberSql = """
        SELECT l.held, n.ticket_id, t.ticket_id FROM (SELECT GET_LOCK(@name, 0) AS held LIMIT 1) l
          LEFT JOIN $ticket n ON n.ticket_id = @newest AND n.number = @newestNumber
          LEFT JOIN $ticket t ON t.ticket_id > @from AND t.number = @number LIMIT 1
        """;

    // Tickets that had an id already at the time of the look, but were not committed yet.
    private const int MaxTicketsUnderWay = 1000;

    // A value that is not prepared is part of the statement's text, where quotes, backslashes and most bytes of a file take twice
    // their room: more than max_allowed_packet may allow. Preparing costs a round trip, and pays from about here.
    private const int MaxTextLength = 16 * 1024;

    internal override string LastInsertIdSql => "SELECT LAST_INSERT_ID()";

    internal override string ColumnsSql =>
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN (";

    internal override string ForUpdate => " FOR UPDATE";

    internal override string InsertIfAbsent => "INSERT IGNORE";

    internal override string SessionSettings => Settings;

    internal override bool IsBetterPrepared(object? value) => value is string { Length: > MaxTextLength } or byte[] { Length: > MaxTextLength };

    internal override bool ScansForNumbers => true;

    internal override void OnOpened(StoreSession session)
    {
    }

    internal override DatabaseClock LockMessage(StoreSession session, string messageId)
    {
        // Both values are of our own making: hexadecimal digits and a number.
        using var rows = session.Query(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT GET_LOCK('{LockName(session, "message", messageId)}', {(int)session.Options.LockTimeout.TotalSeconds}), CAST(NOW() AS CHAR), @@global.time_zone, @@system_time_zone"));
        rows.Read();
        if (rows.Long(0) != 1)
            throw new StoreException("another process has been busy with the same message for too long");
        return new DatabaseClock(
            DatabaseClock.FromColumn(rows.Text(1)) ?? throw new StoreException("the database does not tell the time"),
            rows.Text(2),
            rows.Text(3));
    }

    internal override bool TryReserveNumber(StoreSession session, string number)
    {
        using var rows = session.Query(ReserveNumberSql, ("name", LockName(session, "number", number)), ("number", number));
        return rows.Read() && rows.Long(0) == 1 && rows.IsNull(1);
    }

    internal override bool? TryReserveNumber(StoreSession session, FreeNumber number)
    {
        using var rows = session.Query(
            ReserveFreeNumberSql,
            ("name", LockName(session, "number", number.Number)),
            ("number", number.Number),
            ("newest", number.NewestTicket),
            ("newestNumber", number.NewestNumber),
            ("from", number.NewestTicket - MaxTicketsUnderWay));
        return rows.Read() && !rows.IsNull(1) ? rows.Long(0) == 1 && rows.IsNull(2) : null;
    }

    internal override void BeginWriting(StoreSession session) => session.ExecuteAhead("START TRANSACTION");

    internal override void CancelWriting(StoreSession session) => session.Execute("ROLLBACK");

    // osTicket's tables hold characters of at most three bytes; over its connection a longer one becomes a "?" for each byte.
    internal override string Storable(string text) => SupplementaryCharacters.Replace(text);

    // 1213 deadlock (40001), 1205 lock wait timeout (transient), 1062 duplicate key (23000).
    internal override bool IsRace(DbException error) => error.IsTransient || error.SqlState is "40001" or "23000";

    internal override bool IsMissingObject(DbException error) => error.SqlState is "42S02" or "42S22";

    // Class 22: the value does not fit; 23: a key or constraint forbids the row; 45: a trigger refuses it.
    // Class 28: access denied; 42: no such table, column or database, no privilege.
    internal override DeferralCause CauseOf(DbException error) => (!error.IsTransient && error.SqlState is { Length: 5 } state ? state[..2] : "") switch
    {
        "22" or "23" or "45" => DeferralCause.Internal,
        "28" or "42" => DeferralCause.Configuration,
        _ => DeferralCause.Unavailable,
    };

    // Names are global to the server and have at most 64 characters; the collation ignores case, so they do.
    private static string LockName(StoreSession session, string kind, string value)
    {
        byte[] hash = Digests.Sha256(Encoding.UTF8.GetBytes(
            $"{session.Database}/{session.Options.TablePrefix}/{kind}/{value.ToUpperInvariant()}"));
        return "pipe." + Convert.ToHexStringLower(hash.AsSpan(0, 20));
    }
}
