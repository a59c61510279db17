using System.Globalization;
using System.Text;
using Pipe.Store.Intake;
using Pipe.Store.Settings;
using Pipe.Tickets.Routing;

namespace Pipe.Store.Notifications;

/// <summary>Reads everything that the mails of one message depend on, in one command.</summary>
internal sealed class NotificationReader(IntakeContext context, PostedMessage posted, NotificationOptions options)
{
    private const string FactsSql = """
        SELECT `key`, value FROM $config WHERE namespace = 'core';
        SELECT t.number, t.user_id, u.name, a.address, o.name, o.manager, t.staff_id, t.team_id, h.topic, h.noautoresp, s.name, s.state,
               l.name, t.source, (SELECT COUNT(*) FROM $thread_collaborator c WHERE c.thread_id = @thread), CAST(t.created AS CHAR),
               CAST(t.lastupdate AS CHAR), CAST(COALESCE(t.duedate, t.est_duedate) AS CHAR), CAST(t.closed AS CHAR),
               d.id, d.name, d.signature, d.ispublic, d.tpl_id, d.manager_id, d.email_id, d.autoresp_email_id, d.ticket_auto_response,
               d.message_auto_response, d.group_membership
          FROM $ticket t LEFT JOIN $user u ON u.id = t.user_id LEFT JOIN $user_email a ON a.id = u.default_email_id
          LEFT JOIN $organization o ON o.id = u.org_id LEFT JOIN $help_topic h ON h.topic_id = t.topic_id
          LEFT JOIN $ticket_status s ON s.id = t.status_id LEFT JOIN $sla l ON l.id = t.sla_id LEFT JOIN $department d ON d.id = t.dept_id
         WHERE t.ticket_id = @ticket;
        SELECT poster, title, format, body, CAST(created AS CHAR) FROM $thread_entry WHERE id = @entry;
        SELECT poster, title, format, body, CAST(created AS CHAR) FROM $thread_entry WHERE id = @canned;
        SELECT email_id, email, name, noautoresp FROM $email ORDER BY email_id;
        SELECT g.team_id, g.name, g.lead_id, g.flags, m.staff_id, m.flags
          FROM $team g LEFT JOIN $team_member m ON m.team_id = g.team_id ORDER BY g.team_id, m.staff_id;
        SELECT s.staff_id, s.firstname, s.lastname, s.email, s.isactive, s.onvacation, s.dept_id, x.dept_id, x.flags
          FROM $ticket t JOIN $staff s ON 1 = 1
          LEFT JOIN $staff_dept_access x ON x.staff_id = s.staff_id AND x.dept_id = t.dept_id
         WHERE t.ticket_id = @ticket ORDER BY s.firstname, s.lastname, s.staff_id;
        SELECT staff_id FROM $thread_entry WHERE thread_id = @thread AND type = 'R' AND staff_id > 0 ORDER BY id DESC LIMIT 1;
        SELECT u.name, a.address, (SELECT COUNT(*) FROM $thread_collaborator c WHERE c.thread_id = @thread AND c.user_id = @poster)
          FROM $user u LEFT JOIN $user_email a ON a.id = u.default_email_id WHERE u.id = @poster;
        SELECT f.object_type, d.name, v.value FROM $form_entry f JOIN $form_entry_values v ON v.entry_id = f.id
          JOIN $form_field d ON d.id = v.field_id WHERE f.object_type = 'T' AND f.object_id = @ticket
        UNION ALL SELECT f.object_type, d.name, v.value FROM $form_entry f JOIN $form_entry_values v ON v.entry_id = f.id
          JOIN $form_field d ON d.id = v.field_id WHERE f.object_type = 'U' AND f.object_id = @owner
        UNION ALL SELECT f.object_type, d.name, v.value FROM $form_entry f JOIN $form_entry_values v ON v.entry_id = f.id
          JOIN $form_field d ON d.id = v.field_id WHERE f.object_type = 'C'
        """;

    private const string TemplateNames =
        "('ticket.autoresp', 'ticket.autoreply', 'message.autoresp', 'ticket.overlimit', 'ticket.alert', 'message.alert', 'note.alert', 'assigned.alert')";

    // An embedded store has no templates of its own. The images are those that the templates show.
    private const string TemplatesSql = $"""
        ;
        SELECT e.code_name, e.subject, e.body FROM $ticket t LEFT JOIN $department d ON d.id = t.dept_id
          JOIN $email_template e ON e.tpl_id = CASE WHEN d.tpl_id > 0 THEN d.tpl_id
               ELSE (SELECT value FROM $config WHERE namespace = 'core' AND `key` = 'default_template_id') END
         WHERE t.ticket_id = @ticket AND e.code_name IN {TemplateNames} ORDER BY e.id;
        SELECT f.id, f.`key`, f.type, f.name, c.filedata FROM $file f JOIN $file_chunk c ON c.file_id = f.id
         WHERE f.bk = 'D' AND f.size <= 65536 AND f.id IN (
               SELECT a.file_id FROM $attachment a JOIN $email_template e ON e.id = a.object_id WHERE a.type = 'T' AND a.inline = 1
                  AND e.code_name IN {TemplateNames}) ORDER BY f.id, c.chunk_id
        """;

    private const string ThreadSql = """
        SELECT poster, title, format, body, CAST(created AS CHAR), id FROM $thread_entry
         WHERE thread_id = @thread AND type IN ('M', 'R') AND id <> @entry ORDER BY id LIMIT 200
        """;

    private const string PeopleSql = """
        SELECT u.name FROM $ticket t JOIN $user u ON u.id = t.user_id WHERE t.ticket_id = @ticket
        UNION ALL SELECT u.name FROM $thread_collaborator c JOIN $user u ON u.id = c.user_id WHERE c.thread_id = @thread
        """;

    private const int TeamIsEnabled = 1;
    private const int TeamWantsNoAlerts = 2;
    private const int MemberWantsAlerts = 1;
    private const int AccessWithAlerts = 1;

    private readonly Dictionary<string, string> _settings = new(options.DefaultSettings, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ticketFields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ownerFields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _companyFields = new(StringComparer.Ordinal);

    /// <summary>The images of the templates, once <see cref="Read"/> is done.</summary>
    public IReadOnlyList<OutgoingFile> TemplateImages { get; private set; } = [];

    /// <summary>Whether the templates of mails and the accounts that send them are read too.</summary>
    public bool WithTemplates { get; init; } = true;

    private bool HasTemplates => WithTemplates && context.Session.Dialect != StoreDialect.Sqlite;

    /// <exception cref="StoreException">The ticket is not there.</exception>
    public NotificationFacts Read()
    {
        using var rows = context.Session.Query(WithIds(Sql()));
        while (rows.Read())
            _settings[rows.Text(0)] = rows.Text(1);
        if (string.IsNullOrWhiteSpace(_settings.GetValueOrDefault("admin_email")))
            _settings["admin_email"] = options.Administrator;

        rows.NextTable();
        if (!rows.Read())
            throw new StoreException("the ticket that was just written is not there");
        var ticket = ReadTicket(rows);
        var department = ReadDepartment(rows);
        rows.NextTable();
        var entry = ReadEntry(rows, posted.EntryId);
        rows.NextTable();
        var canned = ReadEntry(rows, posted.CannedEntryId);
        rows.NextTable();
        var mailboxes = ReadMailboxes(rows);
        rows.NextTable();
        var teams = ReadTeams(rows);
        rows.NextTable();
        var agents = ReadAgents(rows, department);
        rows.NextTable();
        int lastRespondent = rows.Read() ? rows.Int(0) : 0;
        rows.NextTable();
        bool knowsPoster = rows.Read();
        var poster = knowsPoster ? new Correspondent(rows.Text(1), rows.Text(0)) : null;
        bool isCollaborator = knowsPoster && rows.Int(2) > 0;
        rows.NextTable();
        ReadFields(rows);

        var templates = ReadTemplates(rows);
        var settings = new NotificationSettings(_settings);
        return new NotificationFacts
        {
            Settings = settings,
            SecretSalt = context.Settings.SecretSalt,
            Ticket = ticket with { Fields = _ticketFields, OwnerFields = _ownerFields },
            Department = department,
            Entry = entry! with { Format = posted.Content.Format, Body = posted.Content.Body },
            CannedEntry = canned,
            Mailboxes = mailboxes,
            Teams = teams,
            Agents = agents,
            LastRespondentId = lastRespondent,
            Poster = poster,
            PosterIsCollaborator = isCollaborator,
            Company = _companyFields,
            Templates = templates,
            DefaultAccountMailboxId = context.Session.Options.MailAccounts?.MailboxOf(settings.Number("default_smtp_id")) ?? 0,
            DatabaseZone = DatabaseZone.Of(context.Clock, settings.Text("db_timezone")),
            Thread = ReadThread,
            RecipientNames = ReadRecipientNames,
        };
    }

    // The accounts come last: older versions have no such table, and what is before them is read by then.
    private string Sql()
    {
        if (!HasTemplates)
            return FactsSql;
        return context.Session.Options.MailAccounts is null ? FactsSql + TemplatesSql : $"{FactsSql}{TemplatesSql};{MailAccounts.AccountsSql}";
    }

    // MySQL prepares statements with parameters one by one; the ids are our own numbers, and written out they go in one command.
    private string WithIds(string sql)
    {
        var text = new StringBuilder(sql);
        foreach (var (name, id) in (ReadOnlySpan<(string, long)>)
            [("@ticket", posted.Ticket.Id), ("@thread", posted.Ticket.ThreadId), ("@entry", posted.EntryId), ("@canned", posted.CannedEntryId),
             ("@poster", posted.UserId), ("@owner", posted.Ticket.UserId)])
        {
            text.Replace(name, id.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static TicketProfile ReadTicket(TicketState state, SqlRows rows) => new()
    {
        Id = state.Id,
        Number = rows.Text(0),
        OwnerId = rows.Long(1),
        Owner = new Correspondent(rows.Text(3), rows.Text(2)),
        Organization = rows.Text(4),
        AccountManager = rows.Text(5),
        AgentId = rows.Int(6),
        TeamId = rows.Int(7),
        Topic = rows.Text(8),
        TopicForbidsAutoresponse = rows.IsOn(9),
        Status = rows.Text(10),
        IsOpen = rows.Text(11) == "open",
        IsClosed = rows.Text(11) == "closed",
        Sla = rows.Text(12),
        Source = rows.Text(13),
        Collaborators = rows.Int(14),
        Created = DatabaseClock.FromColumn(rows.TextOrNull(15)) ?? DateTime.UnixEpoch,
        LastUpdate = DatabaseClock.FromColumn(rows.TextOrNull(16)),
        Due = DatabaseClock.FromColumn(rows.TextOrNull(17)),
        Closed = DatabaseClock.FromColumn(rows.TextOrNull(18)),
    };

    private TicketProfile ReadTicket(SqlRows rows) => ReadTicket(posted.Ticket, rows);

    private static DepartmentProfile ReadDepartment(SqlRows rows) => new()
    {
        Id = rows.Int(19),
        Name = rows.Text(20),
        Signature = rows.Text(21),
        IsPublic = rows.IsOn(22),
        TemplateSetId = rows.Int(23),
        ManagerId = rows.Int(24),
        MailboxId = rows.Int(25),
        AutoresponseMailboxId = rows.Int(26),
        ConfirmsTickets = rows.IsOn(27),
        ConfirmsMessages = rows.IsOn(28),
        AlertScope = rows.Int(29),
    };

    private EntryProfile? ReadEntry(SqlRows rows, long id) => rows.Read() ? EntryOf(rows, id) : null;

    private EntryProfile EntryOf(SqlRows rows, long id) => new(
        id, rows.Text(0), rows.Text(1), rows.Text(2) == "html" ? BodyFormat.Html : BodyFormat.Text, rows.Text(3),
        DatabaseClock.FromColumn(rows.TextOrNull(4)) ?? DateTime.UnixEpoch)
    {
        LoadFiles = Once(() => ReadFiles(id)),
    };

    private IReadOnlyList<OutgoingFile> ReadFiles(long entryId)
    {
        var files = new StoredImages(context.Session, entryId, options.MaxFileBytes);
        foreach (string name in files.LeftOut(entryId))
            context.Trace.Warn($"\"{name}\" is not attached to the mails of this message: it is too large, or stored outside the database");
        return files.AttachedTo(entryId);
    }

    // Each mail asks for them.
    private static Func<IReadOnlyList<OutgoingFile>> Once(Func<IReadOnlyList<OutgoingFile>> read)
    {
        IReadOnlyList<OutgoingFile>? files = null;
        return () => files ??= read();
    }

    private List<SystemMailboxProfile> ReadMailboxes(SqlRows rows)
    {
        var mailboxes = new List<SystemMailboxProfile>();
        while (rows.Read())
            mailboxes.Add(new SystemMailboxProfile(new Mailbox(rows.Int(0), rows.Text(1), rows.Text(2)), rows.IsOn(3)));
        if (options.Sender is { } sender)
            mailboxes = [new SystemMailboxProfile(new Mailbox(context.Settings.Number("default_email_id"), sender.Address, sender.Name), false), .. mailboxes];
        return mailboxes;
    }

    private static List<Team> ReadTeams(SqlRows rows)
    {
        var teams = new List<Team>();
        while (rows.Read())
        {
            if (teams.Count == 0 || teams[^1].Id != rows.Int(0))
            {
                teams.Add(new Team(
                    rows.Int(0), rows.Text(1), rows.Int(2), (rows.Int(3) & TeamIsEnabled) != 0, (rows.Int(3) & TeamWantsNoAlerts) == 0));
            }

            if ((rows.Int(5) & MemberWantsAlerts) != 0)
                teams[^1].AlertedMembers.Add(rows.Int(4));
        }

        return teams;
    }

    private static List<Agent> ReadAgents(SqlRows rows, DepartmentProfile department)
    {
        var agents = new List<Agent>();
        while (rows.Read())
        {
            bool isPrimary = rows.Int(6) == department.Id;
            bool hasFurtherAccess = !rows.IsNull(7);
            agents.Add(new Agent(rows.Int(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.IsOn(4) && !rows.IsOn(5))
            {
                IsPrimaryMember = isPrimary,
                IsAlertedMember = hasFurtherAccess && (rows.Int(8) & AccessWithAlerts) != 0,
                HasAccess = isPrimary || hasFurtherAccess || rows.Int(0) == department.ManagerId,
            });
        }

        return agents;
    }

    private void ReadFields(SqlRows rows)
    {
        while (rows.Read())
        {
            var fields = rows.Text(0) switch
            {
                "T" => _ticketFields,
                "U" => _ownerFields,
                _ => _companyFields,
            };
            if (rows.Text(1).Length > 0)
                fields[rows.Text(1)] = Shown(rows.Text(2));
        }
    }

    // A choice is stored as JSON of keys and values; people see the values.
    private static string Shown(string value)
    {
        if (!value.StartsWith('{'))
            return value;
        using var json = JsonText.TryParseObject(value);
        return json is null ? value : string.Join(", ", json.RootElement.EnumerateObject().Select(static choice => choice.Value.ToString()));
    }

    private List<MailTemplate> ReadTemplates(SqlRows rows)
    {
        var templates = new List<MailTemplate>();
        if (!HasTemplates)
            return templates;
        rows.NextTable();
        while (rows.Read())
            templates.Add(new MailTemplate(rows.Text(0), rows.Text(1), rows.Text(2)));
        rows.NextTable();
        TemplateImages = StoredImages.Read(rows, options.MaxFileBytes);
        context.Session.Options.MailAccounts?.TakeRows(rows);
        return templates;
    }

    private List<EntryProfile> ReadThread()
    {
        var entries = new List<EntryProfile>();
        using (var rows = context.Session.Query(ThreadSql, ("thread", posted.Ticket.ThreadId), ("entry", posted.EntryId)))
        {
            while (rows.Read())
                entries.Add(EntryOf(rows, rows.Long(5)));
        }

        return entries;
    }

    private string ReadRecipientNames()
    {
        var names = new List<string>();
        using var rows = context.Session.Query(PeopleSql, ("ticket", posted.Ticket.Id), ("thread", posted.Ticket.ThreadId));
        while (rows.Read())
            names.Add(rows.Text(0));
        return string.Join(", ", names);
    }
}
