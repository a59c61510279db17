using System.Globalization;

namespace Pipe.Tickets.Notifications;

/// <summary>The help desk's settings for outgoing mail (table <c>config</c>, namespace <c>core</c>).</summary>
/// <param name="values">The rows that exist.</param>
public sealed class NotificationSettings(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The rows that are looked at.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "ticket_autoresponder", "message_autoresponder",
        "ticket_alert_active", "ticket_alert_admin", "ticket_alert_dept_manager", "ticket_alert_dept_members", "ticket_alert_acct_manager",
        "message_alert_active", "message_alert_laststaff", "message_alert_assigned", "message_alert_dept_manager", "message_alert_acct_manager",
        "note_alert_active", "note_alert_laststaff", "note_alert_assigned", "note_alert_dept_manager",
        "assigned_alert_active", "assigned_alert_staff", "assigned_alert_team_lead", "assigned_alert_team_members",
        "overlimit_notice_active", "max_open_tickets", "email_attachments", "enable_richtext", "strip_quoted_reply", "reply_separator",
        "allow_auth_tokens", "helpdesk_url", "helpdesk_title", "admin_email", "default_template_id", "default_email_id", "alert_email_id", "default_smtp_id",
        "default_help_topic", "log_level", "agent_name_format", "client_name_format", "system_language", "default_timezone", "db_timezone",
        "date_formats", "date_format", "time_format", "datetime_format",
    ];

    /// <summary>Whether a setting is on; a row with nothing or "0" in it is off.</summary>
    public bool IsOn(string key, bool missing = false) =>
        values.TryGetValue(key, out string? value) ? value is not ("" or "0") : missing;

    /// <summary>A number; 0 when it is missing or none.</summary>
    public int Number(string key) =>
        int.TryParse(Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>A text; empty when it is missing.</summary>
    public string Text(string key) => values.GetValueOrDefault(key, "");

    /// <summary>The help desk's address without the slashes at its end (<c>%{url}</c>).</summary>
    public string Url => Text("helpdesk_url").TrimEnd('/');

    /// <summary>The separator above which people answer, or <c>null</c> when quotations are not stripped.</summary>
    public string? ReplySeparator =>
        IsOn("strip_quoted_reply") && Text("reply_separator") is { Length: > 0 } separator ? separator : null;
}
