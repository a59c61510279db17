namespace Pipe.Tickets;

/// <summary>What the MTA said about the message outside of it (RFC 5321 section 2.3.1), as far as it said anything.</summary>
/// <param name="Sender">
/// The envelope sender without angle brackets; an empty string is the null reverse-path of a bounce; <c>null</c> when unknown.
/// </param>
/// <param name="Recipient">The envelope recipient, or <c>null</c> when unknown.</param>
/// <param name="Extension">The address extension (the part after the recipient delimiter), or <c>null</c>.</param>
/// <param name="Caller">The mail system that started the process, as recognised from its environment; "unknown" otherwise.</param>
/// <param name="QueueId">The caller's own identifier of the message (for Exim its <c>MESSAGE_ID</c>), or <c>null</c>.</param>
public sealed record Envelope(
    string? Sender = null,
    string? Recipient = null,
    string? Extension = null,
    string Caller = "unknown",
    string? QueueId = null);
