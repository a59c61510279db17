namespace Pipe.Tickets;

/// <summary>One addressee, in the order To, Cc, Delivered-To and header order within each.</summary>
/// <param name="Field">Where the addressee was found.</param>
/// <param name="Address">The addr-spec with its local part in lower case, the domain as written.</param>
/// <param name="Name">The decoded display name without surrounding quotes; empty when there is none.</param>
public sealed record MailRecipient(RecipientField Field, string Address, string Name);
