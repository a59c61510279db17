namespace Pipe.Tickets;

/// <summary>What the MTA said about the message outside of it (RFC 5321 section 2.3.1), as far as it said anything.</summary>
/// <param name="Sender">
/// The envelope sender without angle brackets; an empty string is the null reverse-path of a bounce; <c>null</c> when unknown.
/// </param>
/// <param name="Recipient">The envelope recipient, or <c>null</c> when unknown.</param>
/// <param name="Extension">The address extension (the part after the recipient delimiter), or <c>null</c>.</param>
/// <param name="Caller">The mail system that started the process, as recognised from its environment; "unknown" otherwise.</param>
/// <param name="QueueId">The caller's own identifier of the message (for Exim its <c>MESSAGE_ID</c>), or <c>null</c>.</param>
/// <param name="OriginalRecipient">
/// The envelope recipient before the caller rewrote it (aliases, virtual domains), where that differs; otherwise <c>null</c>.
/// </param>
public sealed record Envelope(
    string? Sender = null,
    string? Recipient = null,
    string? Extension = null,
    string Caller = "unknown",
    string? QueueId = null,
    string? OriginalRecipient = null)
{
    /// <summary>
    /// The addresses under which the envelope may name one of the help desk's mailboxes; the first that is one decides.
    /// </summary>
    /// <remarks>The recipient, the same without its extension, then the original recipient in both forms.</remarks>
    public IEnumerable<string> MailboxCandidates()
    {
        foreach (string? address in (string?[])[Recipient, OriginalRecipient])
        {
            if (string.IsNullOrEmpty(address))
                continue;

            yield return address;
            if (WithoutExtension(address) is { } mailbox)
                yield return mailbox;
        }
    }

    // support+42@acme.test with the extension 42 was sent to the mailbox support@acme.test. The delimiter is the MTA's
    // choice ("+", "-", "=" are in use), so it is the one character before the extension, whatever it is.
    private string? WithoutExtension(string address)
    {
        if (string.IsNullOrEmpty(Extension))
            return null;

        int at = address.LastIndexOf('@');
        string local = at < 0 ? address : address[..at];
        return local.Length > Extension.Length + 1 && local.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? string.Concat(local.AsSpan(0, local.Length - Extension.Length - 1), at < 0 ? "" : address.AsSpan(at))
            : null;
    }
}
