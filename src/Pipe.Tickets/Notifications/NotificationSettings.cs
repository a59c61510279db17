using System.Globalization;

namespace Pipe.Tickets.Notifications;

/// <summary>The help desk's settings for outgoing mail (table <c>config</c>, namespace <c>core</c>).</summary>
/// <param name="values">The rows that exist.</param>
public sealed class NotificationSettings(IReadOnlyDictionary<string, string> values)
{
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
