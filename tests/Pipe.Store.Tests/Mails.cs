namespace Pipe.Store.Tests;

/// <summary>Messages as the reader would hand them over.</summary>
internal static class Mails
{
    private static int _next;

    public static InboundMail From(string address, string subject = "Coffee machine leaks", string body = "It leaks since Monday.") => new()
    {
        Sender = new Correspondent(address, "Joe Tester"),
        Subject = subject,
        MessageId = $"<{Interlocked.Increment(ref _next)}.{Guid.NewGuid():N}@mail.example.net>",
        Header = $"From: Joe Tester <{address}>\r\nSubject: {subject}",
        Recipients = [new MailRecipient(RecipientField.To, "support@acme.test", "Support")],
        Body = new MailBody(BodyFormat.Text, body),
        Attachments = [],
    };
}
