using Pipe.Tickets.Routing;

namespace Pipe.Tickets.Notifications;

/// <summary>A help desk for tests: everything switched on, one agent, one ticket.</summary>
internal static class HelpDesk
{
    public const string Salt = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    public static Dictionary<string, string> Settings { get; } = new()
    {
        ["ticket_autoresponder"] = "1",
        ["message_autoresponder"] = "1",
        ["ticket_alert_active"] = "1",
        ["ticket_alert_admin"] = "1",
        ["ticket_alert_dept_members"] = "1",
        ["ticket_alert_dept_manager"] = "1",
        ["message_alert_active"] = "1",
        ["message_alert_laststaff"] = "1",
        ["message_alert_assigned"] = "1",
        ["note_alert_active"] = "1",
        ["note_alert_laststaff"] = "1",
        ["note_alert_assigned"] = "1",
        ["assigned_alert_active"] = "1",
        ["assigned_alert_staff"] = "1",
        ["assigned_alert_team_members"] = "1",
        ["overlimit_notice_active"] = "1",
        ["max_open_tickets"] = "3",
        ["log_level"] = "2",
        ["email_attachments"] = "1",
        ["strip_quoted_reply"] = "1",
        ["reply_separator"] = "-- reply above this line --",
        ["helpdesk_url"] = "https://help.acme.test/",
        ["admin_email"] = "ada@acme.test",
        ["default_email_id"] = "1",
        ["alert_email_id"] = "2",
    };

    public static Agent Bob { get; } = new(2, "Bob", "Agent", "bob@acme.test", true) { IsPrimaryMember = true, HasAccess = true };

    public static Agent Cora { get; } = new(3, "Cora", "Case", "cora@acme.test", true) { IsAlertedMember = true, HasAccess = true };

    public static NotificationFacts Facts { get; } = new()
    {
        Settings = new NotificationSettings(Settings),
        SecretSalt = Salt,
        Ticket = new TicketProfile
        {
            Id = 9,
            Number = "327029",
            OwnerId = 7,
            Owner = new Correspondent("jane@example.test", "Jane Doe"),
            Created = new DateTime(2024, 5, 6, 7, 8, 9),
            Fields = new Dictionary<string, string> { ["subject"] = "The <door> & I" },
        },
        Department = new DepartmentProfile
        {
            Id = 1,
            Name = "Support",
            Signature = "<i>Support</i>",
            IsPublic = true,
            ConfirmsTickets = true,
            ConfirmsMessages = true,
        },
        Entry = new EntryProfile(42, "Jane Doe", "", BodyFormat.Text, "It is &lt;stuck&gt;.", new DateTime(2024, 5, 6, 7, 8, 9)),
        Mailboxes =
        [
            new SystemMailboxProfile(new Mailbox(1, "support@acme.test", "Support"), false),
            new SystemMailboxProfile(new Mailbox(2, "alerts@acme.test", "Alerts"), false),
            new SystemMailboxProfile(new Mailbox(3, "noreply@acme.test", ""), true),
        ],
        Agents = [Bob, Cora],
        Company = new Dictionary<string, string> { ["name"] = "Acme & Co" },
    };

    public static InboundMail Mail { get; } = new()
    {
        Sender = new Correspondent("jane@example.test", "Jane Doe"),
        Subject = "Door",
        MessageId = "<new@example.test>",
        References = "<first@example.test> <second@example.test>",
        Header = "From: jane@example.test",
        Recipients = [],
        Body = new MailBody(BodyFormat.Text, ""),
        Attachments = [],
    };

    public static NotificationCause NewTicket { get; } = new()
    {
        TicketId = 9,
        ThreadId = 9,
        EntryId = 42,
        Mail = Mail,
        IsNewTicket = true,
        MailboxId = 1,
        PosterUserId = 7,
    };

    public static NotificationCause Message { get; } = NewTicket with { IsNewTicket = false };

    public static NotificationFacts With(string key, string value) =>
        Facts with { Settings = new NotificationSettings(new Dictionary<string, string>(Settings) { [key] = value }) };

    public static NotificationPlan Plan(NotificationFacts facts, NotificationCause cause, params NotificationKind[] switchedOff) =>
        NotificationPlanner.Plan(facts, cause, switchedOff.ToHashSet());

    /// <summary>Kind and recipient of each mail.</summary>
    public static string[] Sent(NotificationFacts facts, NotificationCause cause, params NotificationKind[] switchedOff) =>
        [.. Plan(facts, cause, switchedOff).Mails.Select(mail => $"{mail.Kind} {mail.Recipient.Address}")];
}
