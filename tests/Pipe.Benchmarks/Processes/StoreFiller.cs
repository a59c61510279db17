using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pipe.Benchmarks.Processes;

/// <summary>Fills a ticket store by SQL: one ticket in four, the other entries replies, and everything that intake looks at.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are made of numbers.")]
internal static class StoreFiller
{
    /// <summary>Adds the entries from one number up to another.</summary>
    public static void FillSqlite(string file, int from, int to)
    {
        if (from == to)
            return;

        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        string numbers = string.Create(CultureInfo.InvariantCulture,
            $"(WITH RECURSIVE c(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM c WHERE n + 1 < {to}) SELECT n FROM c)");
        using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText = "BEGIN;" + Statements(to, numbers, "'00000000' || n", "'t' || n || ' lamp'") + "COMMIT; PRAGMA wal_checkpoint(TRUNCATE); ANALYZE;";
        command.ExecuteNonQuery();
    }

    /// <summary>The same on MariaDB.</summary>
    public static void FillMariaDb(OsTicketInstallation installation, int from, int to)
    {
        if (from == to)
            return;

        // MariaDB has numbers ready in a table of its own.
        string numbers = string.Create(CultureInfo.InvariantCulture, $"(SELECT seq AS n FROM seq_{from}_to_{to - 1})");
        installation.Execute("SET sql_mode = ''; SET foreign_key_checks = 0; SET unique_checks = 0; SET autocommit = 0;"
            + Statements(to, numbers, "CONCAT('00000000', n)", "CONCAT('t', n, ' lamp')") + "COMMIT; ANALYZE TABLE ost_ticket, ost_thread, ost_thread_entry, ost_thread_entry_email, ost_user, ost_user_email, ost__search;");
    }

    private static string Statements(int to, string numbers, string number, string text)
    {
        // Far above the ids that the deliveries before have drawn.
        string Id(string n) => string.Create(CultureInfo.InvariantCulture, $"({to * 20} + {n})");
        string ticket = Id("n / 4").Replace("n / 4", "(n - n % 4) / 4", StringComparison.Ordinal);
        const string Time = "'2025-06-01 08:00:00'";
        string mid = text.Contains("CONCAT", StringComparison.Ordinal) ? "CONCAT('<', n, '@filled.test>')" : "'<' || n || '@filled.test>'";
        string address = text.Contains("CONCAT", StringComparison.Ordinal) ? "CONCAT('c', n, '@filled.test')" : "'c' || n || '@filled.test'";
        return $"""
            INSERT INTO ost_user (id, org_id, default_email_id, status, name, created, updated) SELECT {ticket}, 0, {ticket}, 0, {text}, {Time}, {Time} FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost_user_email (id, user_id, flags, address) SELECT {ticket}, {ticket}, 0, {address} FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost_ticket (ticket_id, number, user_id, status_id, dept_id, sla_id, topic_id, source, ip_address, created, updated, lastupdate)
                SELECT {ticket}, {number}, {ticket}, 1, 1, 1, 0, 'Email', '', {Time}, {Time}, {Time} FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost_ticket__cdata (ticket_id, subject, priority) SELECT {ticket}, {text}, '2' FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost_thread (id, object_id, object_type, created) SELECT {ticket}, {ticket}, 'T', {Time} FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost_thread_entry (id, pid, thread_id, staff_id, user_id, type, flags, poster, source, title, body, format, ip_address, created, updated)
                SELECT {Id("n")}, 0, {ticket}, 0, {ticket}, 'M', 65, 'c', 'Email', {text}, {text}, 'text', '', {Time}, {Time} FROM {numbers} AS s;
            INSERT INTO ost_thread_entry_email (id, thread_entry_id, email_id, mid, headers) SELECT {Id("n")}, {Id("n")}, 1, {mid}, '' FROM {numbers} AS s;
            INSERT INTO ost_thread_event (id, thread_id, thread_type, event_id, staff_id, team_id, dept_id, topic_id, data, username, uid, uid_type, annulled, timestamp)
                SELECT {Id("n")}, {ticket}, 'T', 1, 0, 0, 1, 0, '', 'c', {ticket}, 'U', 0, {Time} FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost_form_entry (id, form_id, object_id, object_type, sort, created, updated) SELECT {ticket}, 2, {ticket}, 'T', 0, {Time}, {Time} FROM {numbers} AS s WHERE n % 4 = 0;
            INSERT INTO ost__search (object_type, object_id, title, content) SELECT 'H', {Id("n")}, {text}, {text} FROM {numbers} AS s;
            INSERT INTO ost__search (object_type, object_id, title, content) SELECT 'T', {ticket}, {text}, {number} FROM {numbers} AS s WHERE n % 4 = 0;
            """;
    }
}
