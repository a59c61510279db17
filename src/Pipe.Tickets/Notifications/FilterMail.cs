using System.Text.Json;

namespace Pipe.Tickets.Notifications;

/// <summary>A filter action "send an email".</summary>
/// <param name="MailboxId">The mailbox to send from; 0 for the default one.</param>
/// <param name="Recipients">Whom it goes to.</param>
/// <param name="Subject">The subject, a template.</param>
/// <param name="Message">The text, a template of HTML.</param>
internal sealed record FilterMail(int MailboxId, IReadOnlyList<Correspondent> Recipients, string Subject, string Message)
{
    private const int MaxRecipients = 50;
    private const string UserPlaceholder = "%{user}";

    /// <summary>Reads the action's configuration; <c>null</c> when it names nobody.</summary>
    public static FilterMail? Parse(string configuration, Correspondent user)
    {
        try
        {
            using var json = JsonDocument.Parse(configuration);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var recipients = ParseRecipients(Text(json.RootElement, "recipients"), user);
            return recipients.Count == 0
                ? null
                : new FilterMail(Number(json.RootElement, "from"), recipients, Text(json.RootElement, "subject"), Text(json.RootElement, "message"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What <c>%{user}</c> shows.</summary>
    public static string Describe(Correspondent user) => $"\"{user.Name}\" <{user.Address}>";

    private static List<Correspondent> ParseRecipients(string list, Correspondent user)
    {
        var recipients = new List<Correspondent>();
        foreach (string item in SplitList(list))
        {
            string mailbox = item.Trim();
            if (mailbox.Length == 0 || recipients.Count == MaxRecipients)
                continue;
            if (mailbox is UserPlaceholder or "%%7Buser%7D")
            {
                recipients.Add(user);
                continue;
            }

            int open = mailbox.LastIndexOf('<');
            recipients.Add(open >= 0 && mailbox[^1] == '>'
                ? new Correspondent(mailbox[(open + 1)..^1].Trim(), mailbox[..open].Trim().Trim('"'))
                : new Correspondent(mailbox, ""));
        }

        return recipients;
    }

    // Commas inside a quoted display name do not separate.
    private static List<string> SplitList(string list)
    {
        var items = new List<string>();
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && list[i] is ',' or ';')
            {
                items.Add(list[start..i]);
                start = i + 1;
            }
        }

        items.Add(list[start..]);
        return items;
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt32(out int number) => number,
            JsonValueKind.String when int.TryParse(value.GetString(), out int number) => number,
            _ => 0,
        };
    }
}
