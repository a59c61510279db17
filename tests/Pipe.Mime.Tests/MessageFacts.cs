using System.Globalization;
using System.Text;

namespace Pipe.Mime.Tests;

/// <summary>Says about a message what the cases ask for, and so touches every property on the way.</summary>
public static class MessageFacts
{
    public static string Of(MimeMessage message, string key) => key switch
    {
        "subject" => message.Subject ?? "<null>",
        "from" => People(message.From),
        "sender" => message.Sender is { } sender ? Person(sender) : "",
        "replyTo" => People(message.ReplyTo),
        "to" => People(message.To),
        "cc" => People(message.Cc),
        "groups" => string.Join("; ", message.To.OfType<GroupAddress>().Select(static g => g.Name)),
        "date" => message.Date == DateTimeOffset.MinValue ? "none" : message.Date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        "id" => message.MessageId ?? "<null>",
        "inReplyTo" => message.InReplyTo ?? "<null>",
        "references" => string.Join(' ', message.References),
        "importance" => message.Importance.ToString(),
        "priority" => message.Priority.ToString(),
        "xPriority" => message.XPriority.ToString(),
        "version" => message.MimeVersion?.ToString() ?? "<null>",
        "text" => Lines(message.TextBody),
        "html" => Lines(message.HtmlBody).TrimEnd('\n') + (message.Body is Multipart || message.HtmlBody is null ? "" : "\n"),
        "tree" => Tree(message.Body),
        "names" => string.Join('|', message.BodyParts.OfType<MimePart>().Where(static p => p.FileName is not null).Select(static p => p.FileName)),
        "sizes" => string.Join('|', message.Attachments.OfType<MimePart>().Select(Size)),
        "cids" => string.Join('|', message.BodyParts.Where(static p => p.ContentId is not null).Select(static p => p.ContentId)),
        "charset" => message.Body?.ContentType.Charset ?? "<null>",
        "disposition" => message.Body?.ContentDisposition?.Disposition.ToLowerInvariant() ?? "<null>",
        "inner" => string.Join('|', message.BodyParts.OfType<MessagePart>().Select(static p => p.Message?.Subject)),
        "status" => string.Join(" / ", Groups(message).Select(static g => string.Join(", ", g.Select(static h => h.Field + "=" + h.Value)))),
        _ when key.StartsWith("header.", StringComparison.Ordinal) => message.Headers[key[7..]] ?? message.Body?.Headers[key[7..]] ?? "<null>",
        _ => throw new ArgumentException("There is no fact " + key + ".", nameof(key)),
    };

    /// <summary>Reads everything there is to read, and gives a number that depends on it.</summary>
    public static int Touch(MimeMessage message, int depth = 0)
    {
        int sum = message.Headers.Count + (message.Subject?.Length ?? 0) + (message.MessageId?.Length ?? 0)
            + (message.InReplyTo?.Length ?? 0) + message.References.Count + (int)message.Importance + (int)message.Priority
            + (int)message.XPriority + (message.MimeVersion?.Major ?? 0) + (int)(message.Date.Ticks & 1) + message.ResentDate.Day
            + message.From.Count + (message.Sender?.Address.Length ?? 0) + message.ReplyTo.Count + message.To.Count + message.Cc.Count + message.Bcc.Count
            + (message.ResentSender?.Address.Length ?? 0) + message.ResentTo.ToString().Length
            + message.From.ToString(true).Length + message.To.ToString().Length + message.References.ToString().Length;
        foreach (var mailbox in message.From.Mailboxes.Concat(message.To.Mailboxes))
            sum += mailbox.LocalPart.Length + mailbox.Domain.Length + mailbox.GetAddress(true).Length;
        foreach (var header in message.Headers)
            sum += header.Field.Length + header.Value.Length + header.RawValue.Length + header.RawField.Length;
        sum += (message.TextBody?.Length ?? 0) + (message.HtmlBody?.Length ?? 0) + message.Attachments.Count();
        var iterator = new MimeIterator(message);
        while (iterator.MoveNext())
            sum += Touch(iterator.Current, depth) + iterator.PathSpecifier.Length % 2;
        return sum;
    }

    private static int Touch(MimeEntity entity, int depth)
    {
        int sum = entity.ContentType.ToString().Length + (entity.ContentId?.Length ?? 0) + (entity.ContentBase?.ToString().Length ?? 0)
            + (entity.ContentLocation?.ToString().Length ?? 0) + (entity.IsAttachment ? 1 : 0)
            + (entity.ContentDisposition?.ToString().Length ?? 0) + (entity.ContentDisposition?.Size is null ? 0 : 1)
            + (entity.ContentDisposition?.CreationDate?.Day ?? 0);
        foreach (var header in entity.Headers)
            sum += header.Field.Length + header.Value.Length;
        switch (entity)
        {
            case Multipart multipart:
                return sum + (multipart.Preamble?.Length ?? 0) + (multipart.Epilogue?.Length ?? 0);
            case TextPart text:
                sum += text.Text.Length + (int)text.Format;
                break;
            case MessageDeliveryStatus status:
                sum += status.StatusGroups.Sum(static g => g.Count);
                break;
            case MessageDispositionNotification receipt:
                sum += receipt.Fields.Count;
                break;
            case MessageFeedbackReport report:
                sum += report.Fields.Count;
                break;
            case MessagePartial partial:
                sum += (partial.Id?.Length ?? 0) + (partial.Number ?? 0) % 2;
                break;
            case Pipe.Mime.Tnef.TnefPart { Content: not null } tnef when depth < 2:
                sum += Touch(tnef.ConvertToMessage(), depth + 1) + tnef.ExtractAttachments().Count();
                break;
        }

        if (entity is MimePart part)
        {
            sum += (part.FileName?.Length ?? 0) + (part.ContentDescription?.Length ?? 0) + (part.ContentMd5?.Length ?? 0) + (part.ContentDuration ?? 0) % 2;
            part.Content?.DecodeTo(Stream.Null);
        }

        return sum;
    }

    private static IEnumerable<HeaderList> Groups(MimeMessage message) => message.BodyParts.SelectMany(static part => part switch
    {
        MessageDeliveryStatus status => status.StatusGroups,
        MessageDispositionNotification receipt => [receipt.Fields],
        MessageFeedbackReport report => [report.Fields],
        _ => Enumerable.Empty<HeaderList>(),
    });

    private static string Lines(string? text) => text?.ReplaceLineEndings("\n") ?? "<null>";

    private static string People(InternetAddressList list) => string.Join("; ", list.Mailboxes.Select(Person));

    private static string Person(MailboxAddress mailbox) =>
        (string.IsNullOrEmpty(mailbox.Name) ? "" : mailbox.Name + " ") + "<" + mailbox.Address + ">";

    private static long Size(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content?.DecodeTo(stream);
        return stream.Length;
    }

    private static string Tree(MimeEntity? entity)
    {
        if (entity is null)
            return "<null>";
        var text = new StringBuilder(entity.ContentType.MimeType.ToLowerInvariant());
        if (entity is Multipart multipart)
            _ = text.Append('(').AppendJoin(',', multipart.Select(Tree)).Append(')');
        else if (entity is MessagePart message)
            _ = text.Append('[').Append(Tree(message.Message?.Body)).Append(']');
        return text.ToString();
    }
}
