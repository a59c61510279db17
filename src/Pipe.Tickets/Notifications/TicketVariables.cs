using System.Globalization;
using System.Net;
using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Notifications;

/// <summary>What the placeholders of the help desk's templates stand for.</summary>
internal sealed class TicketVariables(NotificationFacts facts)
{
    private readonly NotificationSettings _settings = facts.Settings;
    private readonly TicketProfile _ticket = facts.Ticket;

    /// <summary>The names that every template knows: url, company, ticket.</summary>
    public TemplateScope Common()
    {
        var scope = new TemplateScope { ["url"] = TemplateValue.Of(_settings.Url) };
        string company = facts.Company.GetValueOrDefault("name", _settings.Text("helpdesk_title"));
        scope["company"] = new TemplateValue.Member(
            member => TemplateValue.Of(member == "name" ? company : facts.Company.GetValueOrDefault(member)), TemplateValue.Of(company));
        scope["ticket"] = new TemplateValue.Member(Ticket, TemplateValue.Of(_ticket.Number));
        return scope;
    }

    /// <summary>A user under the name that the help desk shows.</summary>
    public Correspondent ShownUser(Correspondent user) =>
        user with { Name = Shown(DisplayName.Split(user.Name), _settings.Text("client_name_format"), "original").Trim() };

    /// <summary>An agent under the name that the help desk shows.</summary>
    public Correspondent ShownAgent(Agent agent) =>
        new(agent.Address, Shown(DisplayName.Of(agent), _settings.Text("agent_name_format"), "full").Trim());

    /// <summary>The department's signature, if customers may see the department.</summary>
    public TemplateValue Signature() =>
        facts.Department.IsPublic ? new TemplateValue.Markup(facts.Department.Signature) : TemplateValue.Empty;

    /// <summary>The ticket's owner as a recipient.</summary>
    public TemplateValue Owner() => User(_ticket.Owner, _ticket.OwnerFields, OwnerLink());

    /// <summary>A collaborator as a recipient.</summary>
    public TemplateValue Collaborator(Correspondent person) =>
        User(person, null, Link("/tickets.php?id=", _ticket.Id));

    /// <summary>An agent.</summary>
    public TemplateValue Agent(Agent agent)
    {
        var name = Name(DisplayName.Of(agent), _settings.Text("agent_name_format"), "full");
        return new TemplateValue.Member(
            member => member switch
            {
                "name" => name,
                "email" => TemplateValue.Of(agent.Address),
                "ticket_link" => StaffLink(),
                _ => Part(name, member),
            },
            name.Self);
    }

    /// <summary>A name of which only the text is known, with the parts that can be told from it.</summary>
    public static TemplateValue.Member PlainName(string name) => Name(DisplayName.Split(name), "original", "original");

    /// <summary>An entry: what it says by default, and its members.</summary>
    public TemplateValue Entry(EntryProfile entry)
    {
        var body = Body(entry);
        return new TemplateValue.Member(
            member => member switch
            {
                "message" or "body" => body,
                "title" => TemplateValue.Of(WebUtility.HtmlDecode(entry.Title)),
                "poster" or "user" or "staff" => PlainName(entry.Poster),
                "create_date" => Date(entry.Created),
                "id" => TemplateValue.Of(entry.Id.ToString(CultureInfo.InvariantCulture)),
                "files" => new TemplateValue.Files(entry.LoadFiles),
                _ => null,
            },
            body);
    }

    private static TemplateValue Body(EntryProfile entry)
    {
        // An entry of nothing is stored as a dash.
        if (entry.Body is "" or "-")
            return new TemplateValue.Plain("(empty)");
        return new TemplateValue.Markup(entry.Format == BodyFormat.Html
            ? entry.Body
            : $"<div style=\"white-space:pre-wrap\">{entry.Body}</div>");
    }

    private TemplateValue? Ticket(string member) => member switch
    {
        "number" => TemplateValue.Of(_ticket.Number),
        "id" => TemplateValue.Of(_ticket.Id.ToString(CultureInfo.InvariantCulture)),
        "subject" => TemplateValue.Of(SubjectField.ToText(_ticket.Fields.GetValueOrDefault("subject") ?? "")),
        "name" => OwnerName(),
        "email" => TemplateValue.Of(_ticket.Owner.Address),
        "phone" => TemplateValue.Of(_ticket.OwnerFields.GetValueOrDefault("phone")),
        "user" or "owner" => Owner(),
        "status" => TemplateValue.Of(_ticket.Status),
        "topic" => Named(_ticket.Topic),
        "sla" => Named(_ticket.Sla),
        "source" => TemplateValue.Of(_ticket.Source),
        "dept" => Department(),
        "staff" or "assigned" or "assignee" => Assignee(member),
        "team" => Named(facts.Team(_ticket.TeamId)?.Name),
        "create_date" => Date(_ticket.Created),
        "last_update" => Date(_ticket.LastUpdate),
        "due_date" => Date(_ticket.Due),
        "close_date" => Date(_ticket.Closed),
        "staff_link" => StaffLink(),
        "client_link" => TemplateValue.Of($"{_settings.Url}/view.php?t={Uri.EscapeDataString(_ticket.Number)}"),
        "recipients" => TemplateValue.Of(facts.RecipientNames()),
        "thread" => Thread(),
        _ => TemplateValue.Of(_ticket.Fields.GetValueOrDefault(member)),
    };

    private TemplateValue.Member Thread()
    {
        var entries = new Lazy<IReadOnlyList<EntryProfile>>(facts.Thread);
        return new TemplateValue.Member(
            member => member switch
            {
                "original" => entries.Value.Count > 0 ? Entry(entries.Value[0]) : null,
                "lastmessage" => entries.Value.Count > 0 ? Entry(entries.Value[^1]) : null,
                _ => null,
            },
            new TemplateValue.Deferred(() => WholeThread(entries.Value)));
    }

    private TemplateValue.Markup WholeThread(IReadOnlyList<EntryProfile> entries)
    {
        var html = new System.Text.StringBuilder();
        foreach (var entry in entries)
        {
            string poster = WebUtility.HtmlEncode(entry.Poster);
            string when = ShortDate.Format(entry.Created, _settings, facts.DatabaseZone);
            html.Append(CultureInfo.InvariantCulture, $"<div><strong>{poster}</strong> {when}</div>");
            html.Append(Body(entry) is TemplateValue.Markup body ? body.Html : "(empty)").Append("<br />");
        }

        return new TemplateValue.Markup(html.ToString());
    }

    private TemplateValue.Member Department() => new(
        member => member switch
        {
            "name" => TemplateValue.Of(facts.Department.Name),
            "signature" => Signature(),
            "manager" => facts.Agent(facts.Department.ManagerId) is { } manager ? Agent(manager) : null,
            _ => null,
        },
        TemplateValue.Of(facts.Department.Name));

    private TemplateValue? Assignee(string member)
    {
        if (facts.Agent(_ticket.AgentId) is { } agent)
            return Agent(agent);
        return member == "staff" ? null : Named(facts.Team(_ticket.TeamId)?.Name);
    }

    private TemplateValue.Member OwnerName() =>
        Name(DisplayName.Split(_ticket.Owner.Name), _settings.Text("client_name_format"), "original");

    private TemplateValue.Member User(Correspondent person, IReadOnlyDictionary<string, string>? fields, string link)
    {
        var name = Name(DisplayName.Split(person.Name), _settings.Text("client_name_format"), "original");
        return new TemplateValue.Member(
            member => member switch
            {
                "name" => name,
                "email" => TemplateValue.Of(person.Address),
                "ticket_link" => TemplateValue.Of(link),
                "organization" => Named(_ticket.Organization),
                _ => fields is not null && fields.TryGetValue(member, out string? value) ? TemplateValue.Of(value) : Part(name, member),
            },
            name.Self);
    }

    private static TemplateValue.Member Name(DisplayName name, string format, string missing)
    {
        string shown = Shown(name, format, missing);
        return new TemplateValue.Member(
            member => member switch
            {
                "name" => TemplateValue.Of(shown),
                "first" or "last" or "middle" or "full" or "complete" or "legal" or "lastfirst" or "formal" or "short" or "shortformal"
                    or "salutation" or "suffix" or "original" => TemplateValue.Of(name.Format(member)),
                _ => null,
            },
            TemplateValue.Of(shown));
    }

    private static string Shown(DisplayName name, string format, string missing) => name.Format(format.Length > 0 ? format : missing);

    private static TemplateValue? Part(TemplateValue.Member name, string member) => member == "name" ? null : name.Find(member);

    private static TemplateValue Named(string? name) => string.IsNullOrEmpty(name)
        ? TemplateValue.Empty
        : new TemplateValue.Member(member => member is "name" or "fullname" ? TemplateValue.Of(name) : null, TemplateValue.Of(name));

    private TemplateValue Date(DateTime? time) => TemplateValue.Of(ShortDate.Format(time, _settings, facts.DatabaseZone));

    private TemplateValue StaffLink() => TemplateValue.Of(Link("/scp/tickets.php?id=", _ticket.Id));

    // A link that opens the ticket without logging in is only for a ticket that nobody else takes part in.
    private string OwnerLink()
    {
        if (_ticket.Collaborators > 0 || !_settings.IsOn("allow_auth_tokens", missing: true))
            return Link("/view.php?id=", _ticket.Id);

        string token = AccessToken.Create(_ticket.OwnerId, _ticket.Id, _ticket.Created, facts.SecretSalt);
        return $"{_settings.Url}/view.php?auth={Uri.EscapeDataString(token)}";
    }

    private string Link(string path, long id) => string.Create(CultureInfo.InvariantCulture, $"{_settings.Url}{path}{id}");
}
