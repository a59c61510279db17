namespace Pipe.Tickets.Routing;

/// <summary>An addressee that is not the help desk itself, and so may become a collaborator.</summary>
/// <param name="Address">The addr-spec, local part in lower case, domain as written.</param>
/// <param name="Name">The decoded display name; may be empty.</param>
/// <param name="Source">Where the address stood, in osTicket's words: "Email (to)", "Email (cc)", "delivered-to".</param>
public sealed record AddressedPerson(string Address, string Name, string Source)
{
    /// <summary>Whether the message reached the help desk through this address, so that it never becomes a collaborator.</summary>
    public bool IsDeliveredTo => Source == MailRouting.DeliveredToSource;
}
