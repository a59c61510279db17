using System.Text;

namespace Pipe.Tickets.Tests;

/// <summary>Inbound mails for tests.</summary>
internal static class Mails
{
    public static InboundMail Of(
        string subject = "s", string messageId = "<own@x.test>", string? inReplyTo = null, string? references = null, string text = "",
        params MailRecipient[] recipients) => new()
        {
            Sender = new("joe@x.test", "Joe"),
            Subject = subject,
            MessageId = messageId,
            InReplyTo = inReplyTo,
            References = references,
            Header = "",
            Recipients = recipients,
            Body = new(BodyFormat.Text, text),
            Attachments = [],
        };

    public static async Task<RawMessage> RawAsync(string message, RawMessageOptions? options = null) =>
        await RawAsync(Encoding.UTF8.GetBytes(message), options);

    public static async Task<RawMessage> RawAsync(byte[] message, RawMessageOptions? options = null) =>
        await RawMessage.ReadAsync(new MemoryStream(message), options ?? new());
}
