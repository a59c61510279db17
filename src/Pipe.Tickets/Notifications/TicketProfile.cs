namespace Pipe.Tickets.Notifications;

/// <summary>A ticket as its mails describe it. Times are the database's.</summary>
public sealed record TicketProfile
{
    /// <summary>The id, which users never see.</summary>
    public required long Id { get; init; }

    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The owner's user id.</summary>
    public required long OwnerId { get; init; }

    /// <summary>The owner's name as stored, and default address.</summary>
    public required Correspondent Owner { get; init; }

    /// <summary>The owner's organisation; empty for none.</summary>
    public string Organization { get; init; } = "";

    /// <summary>The account manager of the organisation: "s" or "t" and an id; empty for none.</summary>
    public string AccountManager { get; init; } = "";

    /// <summary>The assigned agent; 0 for none.</summary>
    public int AgentId { get; init; }

    /// <summary>The assigned team; 0 for none.</summary>
    public int TeamId { get; init; }

    /// <summary>The help topic's name; empty for none.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Whether the help topic forbids autoresponses.</summary>
    public bool TopicForbidsAutoresponse { get; init; }

    /// <summary>The status' name.</summary>
    public string Status { get; init; } = "";

    /// <summary>Whether the status is of the state open.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>Whether the status is of the state closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The service level agreement's name; empty for none.</summary>
    public string Sla { get; init; } = "";

    /// <summary>Where the ticket came from, such as "Email".</summary>
    public string Source { get; init; } = "";

    /// <summary>The number of collaborators, active or not.</summary>
    public int Collaborators { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTime Created { get; init; }

    /// <summary>When something was last added.</summary>
    public DateTime? LastUpdate { get; init; }

    /// <summary>When it is due.</summary>
    public DateTime? Due { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTime? Closed { get; init; }

    /// <summary>The answers of the ticket's forms by the fields' names.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The answers of the owner's contact form by the fields' names.</summary>
    public IReadOnlyDictionary<string, string> OwnerFields { get; init; } = new Dictionary<string, string>();
}
