using System.Text;

namespace Pipe.Store.Sql;

/// <summary>The tables and columns that intake needs, and what a database of another version makes of that.</summary>
internal static class StoreSchema
{
    private const int MaxNamed = 10;

    // What osTicket 1.18 calls its schema; the embedded store has the same.
    private static readonly string[] KnownSignatures = ["5fb92bef17f3b603659e024c01cc7a59"];

    // Tables without which nothing is lost are not listed: the search index, those that mirror forms, SMTP accounts.
    private static readonly (string Table, string Columns)[] Needed =
    [
        ("config", "namespace key value"),
        ("email", "email_id priority_id dept_id topic_id email name"),
        ("department", "id sla_id schedule_id email_id manager_id flags name path"),
        ("help_topic", "topic_id flags status_id priority_id dept_id staff_id team_id sla_id sequence_id topic number_format"),
        ("sla", "id schedule_id flags grace_period name"),
        ("schedule", "id flags timezone"),
        ("schedule_entry", "id schedule_id repeats starts_on starts_at ends_at stops_on day week month"),
        ("ticket_priority", "priority_id priority_desc priority_urgency"),
        ("ticket_status", "id name state properties"),
        ("event", "id name"),
        ("sequence", "id next increment padding updated"),
        ("form", "id type title"),
        ("form_field", "id form_id flags type name sort"),
        ("form_entry", "id form_id object_id object_type sort created updated"),
        ("form_entry_values", "entry_id field_id value value_id"),
        ("filter", "id execorder isactive match_all_rules stop_onmatch target email_id name"),
        ("filter_rule", "id filter_id what how val isactive"),
        ("filter_action", "id filter_id sort type configuration"),
        ("canned_response", "canned_id isenabled response"),
        ("organization", "id name manager status domain"),
        ("staff", "staff_id dept_id firstname lastname email isactive onvacation assigned_only"),
        ("staff_dept_access", "staff_id dept_id"),
        ("team", "team_id flags name"),
        ("user", "id org_id default_email_id name created updated"),
        ("user_email", "id user_id address"),
        ("ticket", "ticket_id ticket_pid number user_id status_id dept_id sla_id topic_id staff_id team_id email_id source isoverdue isanswered"
            + " duedate est_duedate reopened closed lastupdate created updated"),
        ("task", "id number dept_id staff_id team_id"),
        ("thread", "id object_id object_type lastresponse lastmessage created"),
        ("thread_entry", "id pid thread_id staff_id user_id type flags poster source title body format created"),
        ("thread_entry_email", "thread_entry_id mid headers"),
        ("thread_entry_merge", "thread_entry_id data"),
        ("thread_event", "thread_id event_id staff_id team_id dept_id data username uid uid_type annulled timestamp"),
        ("thread_collaborator", "flags thread_id user_id role created updated"),
        ("thread_referral", "thread_id object_id object_type created"),
        ("file", "id ft bk type size key signature name attrs created"),
        ("file_chunk", "file_id chunk_id filedata"),
        ("attachment", "id object_id type file_id name inline"),
        ("syslog", "log_type title log logger created updated"),
    ];

    // Columns that are written and never read here: without one of them a row says less, and is still right.
    private static readonly (string Table, string Columns)[] Welcome =
    [
        ("user", "status"),
        ("user_email", "flags"),
        ("ticket", "ip_address"),
        ("thread_entry", "ip_address recipients"),
        ("thread_event", "thread_type topic_id"),
        ("syslog", "ip_address"),
    ];

    /// <summary>All columns that are needed, as "table.column".</summary>
    public static IEnumerable<string> NeededColumns => Needed.SelectMany(entry => entry.Columns.Split(' ').Select(column => $"{entry.Table}.{column}"));

    /// <summary>Whether a schema is one whose columns are known without looking.</summary>
    public static bool IsKnown(string signature) => Array.IndexOf(KnownSignatures, signature) >= 0;

    /// <summary>Looks, with one statement, whether all columns are there, before anything is written.</summary>
    /// <remarks>From then on the session leaves those out that are missing and not needed.</remarks>
    /// <exception cref="StoreException">A column is missing that is needed; the text names it.</exception>
    public static void Examine(StoreSession session, string signature)
    {
        var present = Present(session);
        var missing = Lacking(Needed, present);
        if (missing.Count > 0)
        {
            string names = string.Join(", ", missing.Take(MaxNamed).Select(name => session.Options.TablePrefix + name));
            string more = missing.Count > MaxNamed ? $" and {missing.Count - MaxNamed} more" : "";
            throw new StoreException(
                $"the database is not as osTicket 1.14 to 1.18 have it (schema {(signature.Length > 0 ? signature : "of no name")}): {names}{more} missing")
            {
                Cause = DeferralCause.Configuration,
                LacksColumns = true,
            };
        }

        session.MissingColumns = Lacking(Welcome, present).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static HashSet<string> Present(StoreSession session)
    {
        var tables = new StringBuilder();
        foreach (var (table, _) in Needed)
            tables.Append(tables.Length == 0 ? "'$" : ",'$").Append(table).Append('\'');

        var present = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int prefix = session.Options.TablePrefix.Length;
        using var rows = session.Query(session.Dialect.ColumnsSql + tables + ")");
        while (rows.Read())
        {
            present.Add(rows.Text(0)[prefix..]);
            present.Add($"{rows.Text(0)[prefix..]}.{rows.Text(1)}");
        }

        return present;
    }

    // A table that is missing as a whole stands for its columns.
    private static List<string> Lacking((string Table, string Columns)[] expected, HashSet<string> present)
    {
        var lacking = new List<string>();
        foreach (var (table, columns) in expected)
        {
            if (!present.Contains(table))
            {
                lacking.Add(table);
                continue;
            }

            foreach (string column in columns.Split(' '))
            {
                if (!present.Contains($"{table}.{column}"))
                    lacking.Add($"{table}.{column}");
            }
        }

        return lacking;
    }
}
