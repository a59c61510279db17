using Pipe.Tickets.Routing;

namespace Pipe.Outgoing;

/// <summary>Mails to send in tests.</summary>
internal static class Mails
{
    public static NotificationCause Cause { get; } = new()
    {
        TicketId = 9,
        ThreadId = 9,
        EntryId = 42,
        Mail = new InboundMail
        {
            Sender = new Correspondent("jane@example.test", "Jane Doe"),
            Subject = "Door",
            MessageId = "<cause@example.test>",
            Header = "",
            Recipients = [],
            Body = new MailBody(BodyFormat.Text, ""),
            Attachments = [],
        },
    };

    public static OutgoingMail Autoresponse { get; } = new()
    {
        Kind = NotificationKind.TicketAutoresponse,
        Class = MailClass.Autoreply,
        From = new Mailbox(1, "support@acme.test", "Support"),
        Recipient = new Correspondent("jane@example.test", "Jane Doe"),
        Subject = "We have it",
        Html = "<p>Hello</p>",
        MessageId = "BI6xjT6-aB3_=-BwAAACoAAAAJAAAAVYjCjpCR-support@acme.test",
    };

    public static OutgoingMail Alert { get; } = Autoresponse with
    {
        Kind = NotificationKind.TicketAlert,
        Class = MailClass.Notice,
        Recipient = new Correspondent("bob@acme.test", "Bob Agent"),
    };
}
