using Pipe.Tickets.Routing;

namespace Pipe.Tickets.Notifications;

/// <summary>Everything that the store knows and the mails of one message depend on.</summary>
public sealed record NotificationFacts
{
    /// <summary>The help desk's settings.</summary>
    public required NotificationSettings Settings { get; init; }

    /// <summary>The secret that signs Message-IDs.</summary>
    public required string SecretSalt { get; init; }

    /// <summary>The ticket, as it is with the message.</summary>
    public required TicketProfile Ticket { get; init; }

    /// <summary>Its department.</summary>
    public required DepartmentProfile Department { get; init; }

    /// <summary>The entry that the message became.</summary>
    public required EntryProfile Entry { get; init; }

    /// <summary>The canned response that followed, or <c>null</c>.</summary>
    public EntryProfile? CannedEntry { get; init; }

    /// <summary>All mailboxes of the help desk, in the order of their ids.</summary>
    public required IReadOnlyList<SystemMailboxProfile> Mailboxes { get; init; }

    /// <summary>The agents who may have to do with the ticket, sorted by name.</summary>
    public IReadOnlyList<Agent> Agents { get; init; } = [];

    /// <summary>The ticket's team and the account manager's.</summary>
    public IReadOnlyList<Team> Teams { get; init; } = [];

    /// <summary>The agent who wrote the last response; 0 for nobody.</summary>
    public int LastRespondentId { get; init; }

    /// <summary>The person behind <see cref="NotificationCause.PosterUserId"/>, or <c>null</c>.</summary>
    public Correspondent? Poster { get; init; }

    /// <summary>Whether that person is a collaborator of the thread.</summary>
    public bool PosterIsCollaborator { get; init; }

    /// <summary>The templates of the department's or the help desk's set.</summary>
    public IReadOnlyList<MailTemplate> Templates { get; init; } = [];

    /// <summary>The answers of the company form by the fields' names.</summary>
    public IReadOnlyDictionary<string, string> Company { get; init; } = new Dictionary<string, string>();

    /// <summary>The time zone that the database's times are in.</summary>
    public TimeZoneInfo DatabaseZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Reads the messages and responses of the ticket, oldest first; only templates that show the whole thread need them.</summary>
    public Func<IReadOnlyList<EntryProfile>> Thread { get; init; } = static () => [];

    /// <summary>Reads the names of owner and collaborators, separated by commas.</summary>
    public Func<string> RecipientNames { get; init; } = static () => "";

    /// <summary>The mailbox of an id, or <c>null</c>.</summary>
    public SystemMailboxProfile? Mailbox(int id)
    {
        foreach (var mailbox in Mailboxes)
        {
            if (mailbox.Mailbox.Id == id)
                return mailbox;
        }

        return null;
    }

    /// <summary>Whether mail to this address would come back to the help desk.</summary>
    public bool IsSystemAddress(string address)
    {
        foreach (var mailbox in Mailboxes)
        {
            if (string.Equals(mailbox.Mailbox.Address, address, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The agent of an id, or <c>null</c>.</summary>
    public Agent? Agent(int id)
    {
        foreach (var agent in Agents)
        {
            if (agent.Id == id)
                return agent;
        }

        return null;
    }

    /// <summary>The team of an id, or <c>null</c>.</summary>
    public Team? Team(int id)
    {
        foreach (var team in Teams)
        {
            if (team.Id == id)
                return team;
        }

        return null;
    }

    /// <summary>The mailbox of the help desk's default SMTP account; 0 for none.</summary>
    public int DefaultAccountMailboxId { get; init; }

    /// <summary>The mailbox that the department's mail is sent from, or <c>null</c> when the help desk has none.</summary>
    public Mailbox? DepartmentMailbox => (Mailbox(Department.MailboxId) ?? Mailbox(Settings.Number("default_email_id")))?.Mailbox;

    /// <summary>The mailbox that autoresponses are sent from, or <c>null</c>.</summary>
    public Mailbox? AutoresponseMailbox => Mailbox(Department.AutoresponseMailboxId)?.Mailbox ?? DepartmentMailbox;

    /// <summary>The mailbox that alerts of the system are sent from, or <c>null</c>.</summary>
    public Mailbox? AlertMailbox => (Mailbox(Settings.Number("alert_email_id")) ?? Mailbox(Settings.Number("default_email_id")))?.Mailbox;
}
