namespace Pipe.Tickets.Notifications;

/// <summary>What decides on outgoing mail beside the help desk's own settings.</summary>
public sealed record NotificationOptions
{
    /// <summary>Where mails are kept until they are sent; <c>null</c> where they are only planned.</summary>
    public IOutbox? Outbox { get; init; }

    /// <summary>The mails that are never sent, whatever the help desk's settings say.</summary>
    public IReadOnlySet<NotificationKind> SwitchedOff { get; init; } = new HashSet<NotificationKind>();

    /// <summary>
    /// Settings that stand where the table <c>config</c> has no row: what an embedded store sends, for it has no web interface to
    /// switch anything on with.
    /// </summary>
    public IReadOnlyDictionary<string, string> DefaultSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>The administrator's address where the setting <c>admin_email</c> is empty; empty for none.</summary>
    public string Administrator { get; init; } = "";

    /// <summary>Whom mail comes from, whatever the help desk's mailboxes are called; <c>null</c> for the mailboxes.</summary>
    public Correspondent? Sender { get; init; }

    /// <summary>The most that the images and files of one mail may come to, in bytes; what is beyond it is left out. 20 MiB by default.</summary>
    public long MaxFileBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>The most that the images and files of all mails of one message may come to: each agent's alert has its own. 64 MiB by default.</summary>
    public long MaxTotalFileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Is told every decision, for the log; <c>null</c> for nobody.</summary>
    public Action<NotificationDecision>? OnDecision { get; init; }

    /// <summary>The settings of an embedded store: confirmations to customers, and alerts to the administrator if there is one.</summary>
    /// <param name="administrator">The administrator's address; empty for none.</param>
    public static IReadOnlyDictionary<string, string> EmbeddedSettings(string administrator) => new Dictionary<string, string>
    {
        ["ticket_autoresponder"] = "1",
        ["message_autoresponder"] = "1",
        ["ticket_alert_active"] = administrator.Length > 0 ? "1" : "0",
        ["ticket_alert_admin"] = "1",
        ["message_alert_active"] = administrator.Length > 0 ? "1" : "0",
        ["message_alert_admin"] = "1",
        ["admin_email"] = administrator,
        ["strip_quoted_reply"] = "1",
        ["reply_separator"] = "-- reply above this line --",
    };
}
