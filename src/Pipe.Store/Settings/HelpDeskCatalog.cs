using System.Globalization;
using Pipe.Store.People;
using Pipe.Tickets.Schedules;

namespace Pipe.Store.Settings;

/// <summary>What new tickets, new users and reopened tickets need to know of the installation. Read with the settings.</summary>
internal sealed class HelpDeskCatalog
{
    public const string LoadSql = """
        SELECT d.id, d.name, d.sla_id, d.schedule_id, d.manager_id, d.flags, d.path, e.email
          FROM $department d LEFT JOIN $email e ON e.email_id = d.email_id;
        SELECT topic_id, topic, flags, status_id, priority_id, dept_id, staff_id, team_id, sla_id, sequence_id, number_format FROM $help_topic;
        SELECT id, name, schedule_id, flags, grace_period FROM $sla;
        SELECT priority_id, priority_desc, priority_urgency FROM $ticket_priority ORDER BY priority_id;
        SELECT s.id, s.flags, s.timezone, e.repeats, CAST(e.starts_on AS CHAR), CAST(e.starts_at AS CHAR), CAST(e.ends_at AS CHAR),
               CAST(e.stops_on AS CHAR), e.day, e.week, e.month
          FROM $schedule s LEFT JOIN $schedule_entry e ON e.schedule_id = s.id ORDER BY s.id, e.id;
        SELECT f.id, f.type, d.id, d.flags, d.type, d.name
          FROM $form f JOIN $form_field d ON d.form_id = f.id WHERE f.type IN ('T', 'U', 'O') ORDER BY f.title, f.id, d.sort, d.id;
        SELECT id, name, isactive, match_all_rules, stop_onmatch, target, email_id FROM $filter ORDER BY execorder, id;
        SELECT filter_id, what, how, val, isactive FROM $filter_rule ORDER BY id;
        SELECT filter_id, type, configuration FROM $filter_action ORDER BY sort, id;
        SELECT o.id, o.name, o.status, o.manager, o.domain,
               EXISTS (SELECT 1 FROM $form_entry f WHERE f.object_type = 'O' AND f.object_id = o.id)
          FROM $organization o WHERE o.domain <> '' ORDER BY o.id
        """;

    private readonly Dictionary<int, Department> _departments = [];
    private readonly Dictionary<int, HelpTopic> _topics = [];
    private readonly Dictionary<int, Sla> _slas = [];
    private readonly List<TicketPriority> _priorities = [];
    private readonly Dictionary<int, StoredSchedule> _schedules = [];
    private readonly List<TicketFilter> _filters = [];
    private readonly List<(string Domains, Organization Organization)> _organizations = [];

    private HelpDeskCatalog()
    {
    }

    /// <summary>All filters, in the order in which they run.</summary>
    public IReadOnlyList<TicketFilter> Filters => _filters;

    /// <summary>The organisations that name domains, with these.</summary>
    public IReadOnlyList<(string Domains, Organization Organization)> OrganizationsByDomain => _organizations;

    /// <summary>The fields of the ticket form, of the contact form and of the organisation form, each in the form's order.</summary>
    public FormLayout TicketForm { get; } = new();

    public FormLayout ContactForm { get; } = new();

    public FormLayout OrganizationForm { get; } = new();

    /// <summary>Takes the catalogue from the answers to <see cref="LoadSql"/>.</summary>
    public static HelpDeskCatalog Read(SqlRows rows)
    {
        var catalog = new HelpDeskCatalog();
        while (rows.Read())
        {
            catalog._departments[rows.Int(0)] = new Department(
                rows.Int(0), rows.Text(1), rows.Int(2), rows.Int(3), rows.Int(4), rows.Int(5), rows.Text(6), rows.Text(7));
        }

        rows.NextTable();
        while (rows.Read())
        {
            catalog._topics[rows.Int(0)] = new HelpTopic(
                rows.Int(0), rows.Text(1), rows.Int(2), rows.Int(3), rows.Int(4), rows.Int(5), rows.Int(6), rows.Int(7), rows.Int(8), rows.Int(9), rows.Text(10));
        }

        rows.NextTable();
        while (rows.Read())
            catalog._slas[rows.Int(0)] = new Sla(rows.Int(0), rows.Text(1), rows.Int(2), rows.Int(3), rows.Int(4));

        rows.NextTable();
        while (rows.Read())
            catalog._priorities.Add(new TicketPriority(rows.Int(0), rows.Text(1), rows.Int(2)));

        rows.NextTable();
        catalog.ReadSchedules(rows);
        rows.NextTable();
        catalog.ReadForms(rows);
        rows.NextTable();
        catalog.ReadFilters(rows);
        rows.NextTable();
        while (rows.Read())
            catalog._organizations.Add((rows.Text(4), Organization.Read(rows)));
        return catalog;
    }

    public Department? Department(int id) => _departments.GetValueOrDefault(id);

    public HelpTopic? Topic(int id) => _topics.GetValueOrDefault(id);

    public Sla? Sla(int id) => _slas.GetValueOrDefault(id);

    public StoredSchedule? Schedule(int id) => _schedules.GetValueOrDefault(id);

    public TicketPriority? Priority(int id)
    {
        foreach (var priority in _priorities)
        {
            if (priority.Id == id)
                return priority;
        }

        return null;
    }

    public TicketPriority? PriorityOf(MailUrgency urgency)
    {
        foreach (var priority in _priorities)
        {
            if (priority.Urgency == (int)urgency)
                return priority;
        }

        return null;
    }

    public TicketFilter? BanList()
    {
        foreach (var filter in _filters)
        {
            if (filter.IsBanList)
                return filter;
        }

        return null;
    }

    private void ReadSchedules(SqlRows rows)
    {
        int current = 0;
        List<ScheduleEntry> entries = [];
        while (rows.Read())
        {
            if (rows.Int(0) != current)
            {
                current = rows.Int(0);
                entries = [];
                _schedules[current] = new StoredSchedule(current, rows.Int(1), rows.Text(2), new Schedule(entries));
            }

            if (rows.TextOrNull(3) is { } repeats)
                entries.Add(Entry(rows, repeats));
        }
    }

    private static ScheduleEntry Entry(SqlRows rows, string repeats) => new()
    {
        Repeats = repeats,
        StartsOn = DateOnly.TryParse(rows.Text(4), CultureInfo.InvariantCulture, out var startsOn) ? startsOn : null,
        StartsAt = TimeOfDay(rows.Text(5)) ?? TimeOnly.MinValue,
        EndsAt = TimeOfDay(rows.Text(6)) ?? new TimeOnly(23, 59, 59),
        StopsOn = DatabaseClock.FromColumn(rows.TextOrNull(7)),
        Day = rows.IsNull(8) ? null : rows.Int(8),
        Week = rows.IsNull(9) ? null : rows.Int(9),
        Month = rows.IsNull(10) ? null : rows.Int(10),
    };

    // Of several forms of a type the first by its title is the one that counts.
    private void ReadForms(SqlRows rows)
    {
        while (rows.Read())
        {
            var form = rows.Text(1) switch
            {
                "T" => TicketForm,
                "U" => ContactForm,
                _ => OrganizationForm,
            };
            form.Add(new FormField(rows.Int(2), rows.Int(0), rows.Int(3), rows.Text(4), rows.Text(5)));
        }
    }

    private void ReadFilters(SqlRows rows)
    {
        var byId = new Dictionary<int, TicketFilter>();
        while (rows.Read())
        {
            var filter = new TicketFilter(
                rows.Int(0), rows.Text(1), rows.IsOn(2), rows.IsOn(3), rows.IsOn(4), rows.Text(5), rows.Int(6));
            _filters.Add(filter);
            byId[filter.Id] = filter;
        }

        rows.NextTable();
        while (rows.Read())
        {
            if (byId.TryGetValue(rows.Int(0), out var filter))
                filter.Rules.Add(new FilterRule(rows.Text(1), rows.Text(2), rows.Text(3), rows.IsOn(4)));
        }

        rows.NextTable();
        while (rows.Read())
        {
            if (byId.TryGetValue(rows.Int(0), out var filter))
                filter.Actions.Add(new FilterAction(rows.Text(1), rows.Text(2)));
        }
    }

    // Not TimeOnly.Parse: it asks for today's date, and .NET then reads the data base of time zones.
    private static TimeOnly? TimeOfDay(string? text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time < TimeSpan.FromDays(1)
            ? TimeOnly.FromTimeSpan(time)
            : null;
}
