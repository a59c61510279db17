namespace Pipe.Tickets;

/// <summary>A person or program that a header field names.</summary>
/// <param name="Address">The addr-spec (RFC 5322 section 3.4.1), spelled as received.</param>
/// <param name="Name">The decoded display name; empty when there is none.</param>
public sealed record Correspondent(string Address, string Name);
