namespace Pipe.Tickets.Notifications;

/// <summary>What the ticket's department says about outgoing mail.</summary>
public sealed record DepartmentProfile
{
    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The signature as HTML; only a public department's is used.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Whether customers may see the department.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The set of templates; 0 for the help desk's.</summary>
    public int TemplateSetId { get; init; }

    /// <summary>The managing agent; 0 for none.</summary>
    public int ManagerId { get; init; }

    /// <summary>The mailbox that mail is sent from; 0 for the help desk's.</summary>
    public int MailboxId { get; init; }

    /// <summary>The mailbox that autoresponses are sent from; 0 for <see cref="MailboxId"/>.</summary>
    public int AutoresponseMailboxId { get; init; }

    /// <summary>Whether new tickets are confirmed.</summary>
    public bool ConfirmsTickets { get; init; }

    /// <summary>Whether further messages are confirmed.</summary>
    public bool ConfirmsMessages { get; init; }

    /// <summary>Whom alerts may reach: 0 own members, 1 those with further access too, 2 nobody, 3 as 0.</summary>
    public int AlertScope { get; init; }
}
