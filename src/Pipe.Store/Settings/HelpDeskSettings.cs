using System.Globalization;
using Pipe.Tickets.Routing;

namespace Pipe.Store.Settings;

/// <summary>What every delivery needs to know of the installation: its settings, mailboxes, ticket statuses and event names.</summary>
internal sealed class HelpDeskSettings
{
    // Keys of the namespace "core" that have to do with intake; texts such as mail templates stay where they are.
    public const string LoadSql = """
        SELECT namespace, `key`, value FROM $config WHERE namespace = 'core' AND `key` IN (
          'default_email_id', 'default_dept_id', 'default_sla_id', 'schedule_id', 'default_priority_id', 'default_help_topic',
          'default_ticket_status_id', 'default_timezone', 'db_timezone', 'use_email_priority', 'accept_unregistered_email',
          'add_email_collabs', 'disable_agent_collabs', 'collaborator_ticket_visibility', 'max_open_tickets', 'strip_quoted_reply',
          'reply_separator', 'enable_richtext', 'embedded_domain_whitelist', 'ticket_number_format', 'ticket_sequence_id',
          'default_storage_bk', 'require_topic_to_close', 'client_name_format', 'agent_name_format', 'log_level', 'helpdesk_url',
          'helpdesk_title', 'schema_signature')
          OR namespace = 'pipe' OR namespace LIKE 'schedule.%';
        SELECT email_id, email, name, dept_id, topic_id, priority_id FROM $email ORDER BY email_id;
        SELECT id, name, state, properties FROM $ticket_status;
        SELECT id, name FROM $event
        """;

    private const string SaltKey = "pipe/secret_salt";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SystemMailbox> _mailboxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, TicketStatus> _statuses = [];
    private readonly Dictionary<string, int> _events = new(StringComparer.OrdinalIgnoreCase);

    private HelpDeskSettings(StoreOptions options) => SecretSalt = options.SecretSalt ?? "";

    /// <summary>The secret that signs Message-IDs; empty when there is none, and then no Message-ID is one of ours.</summary>
    public string SecretSalt { get; private set; }

    public InboundMailOptions MailOptions => new()
    {
        RichText = RichText,
        ReplySeparator = IsOn("strip_quoted_reply") && Text("reply_separator") is { Length: > 0 } separator ? separator : null,
    };

    public bool RichText => IsOn("enable_richtext", missing: true);

    public IReadOnlyList<string> IframeHosts => Text("embedded_domain_whitelist")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The number that says which syslog rows are kept: 0 none, 1 errors, 2 warnings too, 3 everything.</summary>
    public int LogLevel => Number("log_level");

    public int DefaultStatusId => Number("default_ticket_status_id") is > 0 and var id ? id : 1;

    /// <summary>Takes the settings from the answers to <see cref="LoadSql"/>.</summary>
    public static HelpDeskSettings Read(SqlRows rows, StoreOptions options)
    {
        var settings = new HelpDeskSettings(options);
        while (rows.Read())
            settings._values[$"{rows.Text(0)}/{rows.Text(1)}"] = rows.Text(2);

        rows.NextTable();
        while (rows.Read())
        {
            var mailbox = new SystemMailbox(
                new Mailbox(rows.Int(0), rows.Text(1), rows.Text(2)), DeptId: rows.Int(3), TopicId: rows.Int(4), PriorityId: rows.Int(5));
            settings._mailboxes.TryAdd(mailbox.Mailbox.Address.TrimEnd(), mailbox);
        }

        rows.NextTable();
        while (rows.Read())
            settings._statuses[rows.Int(0)] = TicketStatus.Parse(rows.Int(0), rows.Text(1), rows.Text(2), rows.Text(3));

        rows.NextTable();
        while (rows.Read())
            settings._events[rows.Text(1)] = rows.Int(0);

        if (settings.SecretSalt.Length == 0)
            settings.SecretSalt = settings._values.GetValueOrDefault(SaltKey, "");
        return settings;
    }

    /// <summary>Whether a setting is on; a row with nothing or "0" in it is off.</summary>
    public bool IsOn(string key, bool missing = false) =>
        _values.TryGetValue("core/" + key, out string? value) ? value is not ("" or "0") : missing;

    public int Number(string key) =>
        int.TryParse(Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 0;

    public string Text(string key) => _values.GetValueOrDefault("core/" + key, "");

    /// <summary>The configuration of a schedule (JSON), or empty.</summary>
    public string ScheduleConfiguration(int scheduleId) =>
        _values.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"schedule.{scheduleId}/configuration"), "");

    /// <summary>The help desk's mailbox of this address under the database's comparison, or <c>null</c>.</summary>
    public SystemMailbox? FindMailbox(string address) => _mailboxes.GetValueOrDefault(address.TrimEnd());

    public SystemMailbox? FindMailbox(int id)
    {
        foreach (var mailbox in _mailboxes.Values)
        {
            if (mailbox.Mailbox.Id == id)
                return mailbox;
        }

        return null;
    }

    public TicketStatus? Status(int id) => _statuses.GetValueOrDefault(id);

    /// <summary>The id of an event by its name; 0 for a name that the installation does not know.</summary>
    public int EventId(string name) => _events.GetValueOrDefault(name);
}
