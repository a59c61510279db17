using System.Globalization;
using System.Text;

namespace Pipe.Spool;

/// <summary>The mail that tells the help desk of a message in the quarantine, with that message attached as it came.</summary>
/// <remarks>
/// It comes from the envelope sender, so that the ticket's owner is whoever wrote, and says that a program made it (RFC 3834), so
/// that nothing answers it. Its Message-ID follows from the quarantined message's name: sent twice, it is recognised.
/// </remarks>
internal static class QuarantineNotice
{
    private const int Base64LineBytes = 57;     // 76 characters, the most that RFC 2045 section 6.8 allows
    private const string Boundary = "=_quarantine";

    /// <summary>Writes the mail.</summary>
    /// <exception cref="IOException">A large mail cannot be written to a temporary file.</exception>
    public static async Task<RawMessage> CreateAsync(
        KeptMessage message, RawMessage content, RawMessageOptions options, CancellationToken cancellationToken)
    {
        using var attachment = content.OpenWhole();
        using var mail = new Base64MailStream(Top(message), attachment, $"\r\n--{Boundary}--\r\n", Base64LineBytes);
        return await RawMessage.ReadAsync(mail, options with { MaxBytes = long.MaxValue }, cancellationToken).ConfigureAwait(false);
    }

    private static string Top(KeptMessage message)
    {
        var envelope = message.Record.Envelope;
        string sender = AddressOrNull(envelope.Sender) ?? "postmaster@localhost";
        string? recipient = AddressOrNull(envelope.Recipient);
        string arrived = message.Record.Arrived.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

        var top = new StringBuilder();
        top.Append(CultureInfo.InvariantCulture, $"From: <{sender}>\r\n");
        if (recipient is not null)
            top.Append(CultureInfo.InvariantCulture, $"To: <{recipient}>\r\n");
        top.Append(CultureInfo.InvariantCulture, $"Subject: A mail that could not be read\r\nDate: {arrived}\r\n");
        top.Append(CultureInfo.InvariantCulture, $"Message-ID: <{message.Id}@quarantine.pipe.invalid>\r\n");
        top.Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
        top.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=\"{Boundary}\"\r\n\r\n--{Boundary}\r\n");
        top.Append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        top.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(message, sender)), Base64FormattingOptions.InsertLineBreaks));
        top.Append(CultureInfo.InvariantCulture, $"\r\n--{Boundary}\r\n");
        top.Append("Content-Type: application/octet-stream; name=\"message.eml\"\r\nContent-Transfer-Encoding: base64\r\n");
        top.Append("Content-Disposition: attachment; filename=\"message.eml\"\r\n\r\n");
        return top.ToString();
    }

    private static string Text(KeptMessage message, string sender) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        A mail could not be made a ticket of. It is attached as it came.

        Envelope sender: {sender}
        Envelope recipient: {message.Record.Envelope.Recipient}
        Arrived: {message.Record.Arrived:u}
        Size: {message.Length} bytes
        Kept in the quarantine as: {message.Id}
        Reason: {message.Record.Reason}

        """);

    // The envelope is whatever the sender wrote. Here it has to be an address that needs no quoting.
    private static string? AddressOrNull(string? address) =>
        address is { Length: > 2 and < 255 }
        && address.Count(c => c == '@') == 1 && address[0] != '@' && address[^1] != '@'
        && address.All(c => char.IsAsciiLetterOrDigit(c) || ".@_+-=".Contains(c, StringComparison.Ordinal))
            ? address
            : null;
}
