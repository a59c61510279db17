using System.Text;

namespace Pipe.Tickets.Routing;

/// <summary>Which of the addressees are the help desk, and which are people.</summary>
public sealed record MailRouting
{
    internal const string DeliveredToSource = "delivered-to";

    private MailRouting()
    {
    }

    /// <summary>
    /// The id of the first help desk address among the addressees (osTicket's <c>emailId</c> before the default is filled
    /// in, and its <c>to-email-id</c>), or <c>null</c> when the message came without naming us.
    /// </summary>
    public int? MailboxId { get; private init; }

    /// <summary>The ids of all help desk addresses among the addressees, each once, in order.</summary>
    public required IReadOnlyList<int> SystemMailboxIds { get; init; }

    /// <summary>The people in To and Cc, in order, repeated ones too.</summary>
    public required IReadOnlyList<AddressedPerson> People { get; init; }

    /// <summary>The text of <c>thread_entry.recipients</c>.</summary>
    public required string RecipientsJson { get; init; }

    /// <summary>How many recipients that text names: above 1, an answer goes "to all" (entry flag 256, else 512).</summary>
    public required int RecipientCount { get; init; }

    /// <summary>Sorts the addressees of a message.</summary>
    /// <param name="mail">The message.</param>
    /// <param name="findMailbox">Finds a help desk address under the store's own comparison; called once per addressee.</param>
    public static MailRouting Route(InboundMail mail, Func<string, Mailbox?> findMailbox)
    {
        var to = new List<string>();
        var cc = new List<string>();
        var seenTo = new HashSet<string>(StringComparer.Ordinal);
        var systemIds = new List<int>();
        var people = new List<AddressedPerson>();
        HashSet<string>? deliveredTo = null;
        bool ccFirst = false;

        foreach (var recipient in mail.Recipients)
        {
            if (recipient.Field == RecipientField.DeliveredTo)
                (deliveredTo ??= new(StringComparer.OrdinalIgnoreCase)).Add(recipient.Address);

            if (findMailbox(recipient.Address) is { } mailbox)
            {
                if (!systemIds.Contains(mailbox.Id))
                    systemIds.Add(mailbox.Id);
                string shown = mailbox.Name.Length == 0 ? mailbox.Address : $"{mailbox.Name} <{mailbox.Address}>";
                if (seenTo.Add(shown))
                    to.Add(shown);
            }
            else if (recipient.Field != RecipientField.DeliveredTo)
            {
                bool isTo = recipient.Field == RecipientField.To;
                people.Add(new(recipient.Address, recipient.Name, isTo ? "Email (to)" : "Email (cc)"));
                string shown = $"{recipient.Name} <{recipient.Address}>";
                if (!isTo)
                {
                    ccFirst |= to.Count == 0;
                    cc.Add(shown);
                }
                else if (seenTo.Add(shown))
                {
                    to.Add(shown);
                }
            }
        }

        if (deliveredTo is not null)
        {
            for (int i = 0; i < people.Count; i++)
            {
                if (deliveredTo.Contains(people[i].Address))
                    people[i] = people[i] with { Source = DeliveredToSource };
            }
        }

        return new MailRouting
        {
            MailboxId = systemIds.Count > 0 ? systemIds[0] : null,
            SystemMailboxIds = systemIds,
            People = people,
            RecipientsJson = ToJson(to, cc, ccFirst),
            RecipientCount = to.Count + cc.Count,
        };
    }

    // The keys stand in the order of their first use; "to" is always there, "cc" only with somebody in it.
    private static string ToJson(List<string> to, List<string> cc, bool ccFirst)
    {
        var json = new StringBuilder("{");
        if (ccFirst)
        {
            AppendList(json, "cc", cc);
            json.Append(',');
        }

        AppendList(json, "to", to);
        if (cc.Count > 0 && !ccFirst)
        {
            json.Append(',');
            AppendList(json, "cc", cc);
        }

        return json.Append('}').ToString();
    }

    private static void AppendList(StringBuilder json, string key, List<string> values)
    {
        json.Append('"').Append(key).Append("\":[");
        for (int i = 0; i < values.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            PhpJson.AppendString(json, values[i]);
        }

        json.Append(']');
    }
}
