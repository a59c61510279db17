using System.Globalization;
using System.Text;
using Pipe.Tickets.People;

namespace Pipe.Spool;

/// <summary>A mail of our own that brings the help desk a message which it could not read, attached as it came.</summary>
/// <remarks>
/// It comes from the envelope sender, so that the ticket's owner is whoever wrote, and says that a program made it (RFC 3834), so
/// that nothing answers it. Its Message-ID follows from the message: sent twice, it is recognised. It has no Date, for a message
/// with a known Message-ID and another date and text counts as another, and each try has its own time.
/// </remarks>
public static class MessageNotice
{
    private const int Base64LineBytes = 57;     // 76 characters, the most that RFC 2045 section 6.8 allows
    private const int IdDigits = 32;
    private const string Boundary = "=_quarantine";

    /// <summary>Writes the mail.</summary>
    /// <param name="message">The message.</param>
    /// <param name="record">Its envelope, and the reason why it comes this way.</param>
    /// <param name="keptAs">Its name in the quarantine, if it is there.</param>
    /// <param name="options">The folder for large mails.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="IOException">A large mail cannot be written to a temporary file.</exception>
    public static async Task<RawMessage> CreateAsync(
        RawMessage message, MessageRecord record, string? keptAs, RawMessageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(options);
        using var attachment = message.OpenWhole();
        using var mail = new Base64MailStream(Top(message, record, keptAs), attachment, $"\r\n--{Boundary}--\r\n", Base64LineBytes);
        return await RawMessage.ReadAsync(mail, options with { MaxBytes = long.MaxValue }, cancellationToken).ConfigureAwait(false);
    }

    private static string Top(RawMessage message, MessageRecord record, string? keptAs)
    {
        string sender = AddressOrNull(record.Envelope.Sender) ?? UnknownSender.Address;
        var top = new StringBuilder();
        top.Append(CultureInfo.InvariantCulture, $"From: <{sender}>\r\n");
        if (AddressOrNull(record.Envelope.Recipient) is { } recipient)
            top.Append(CultureInfo.InvariantCulture, $"To: <{recipient}>\r\n");
        top.Append("Subject: A mail that could not be read\r\n");
        top.Append(CultureInfo.InvariantCulture, $"Message-ID: <{DeliveryKey.Of(message, record.Envelope)[..IdDigits]}@quarantine.pipe.invalid>\r\n");
        top.Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
        top.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=\"{Boundary}\"\r\n\r\n--{Boundary}\r\n");
        top.Append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        top.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(message, record, keptAs)), Base64FormattingOptions.InsertLineBreaks));
        top.Append(CultureInfo.InvariantCulture, $"\r\n--{Boundary}\r\n");
        top.Append("Content-Type: application/octet-stream; name=\"message.eml\"\r\nContent-Transfer-Encoding: base64\r\n");
        top.Append("Content-Disposition: attachment; filename=\"message.eml\"\r\n\r\n");
        return top.ToString();
    }

    private static string Text(RawMessage message, MessageRecord record, string? keptAs) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        A mail could not be made a ticket of. It is attached as it came.

        Envelope sender: {record.Envelope.Sender}
        Envelope recipient: {record.Envelope.Recipient}
        Arrived: {record.Arrived:u}
        Size: {message.Length} bytes
        Reason: {record.Reason}
        {(keptAs is null ? "" : "Kept in the quarantine as: " + keptAs)}
        """);

    // The envelope is whatever the sender wrote. Here it has to be an address that needs no quoting.
    private static string? AddressOrNull(string? address) =>
        address is { Length: > 2 and < 255 }
        && address.Count(c => c == '@') == 1 && address[0] != '@' && address[^1] != '@'
        && address.All(c => char.IsAsciiLetterOrDigit(c) || ".@_+-=".Contains(c, StringComparison.Ordinal))
            ? address
            : null;
}
