namespace Pipe.Tickets;

/// <summary>What a message became.</summary>
public enum StoredAs
{
    /// <summary>A new ticket.</summary>
    NewTicket,

    /// <summary>A further message on an existing ticket (or task).</summary>
    Reply,

    /// <summary>An agent's internal note on an existing ticket (or task).</summary>
    Note,

    /// <summary>Nothing: an earlier delivery of the same message is already there.</summary>
    Duplicate,

    /// <summary>Accepted by the remote help desk, which does not say as what.</summary>
    Posted,
}
