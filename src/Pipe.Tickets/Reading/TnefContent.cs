using MimeKit;
using MimeKit.Tnef;

namespace Pipe.Tickets.Reading;

/// <summary>What a winmail.dat holds (Microsoft's Transport Neutral Encapsulation Format).</summary>
/// <param name="Html">Its HTML body, or <c>null</c>.</param>
/// <param name="Plain">Its plain body, or <c>null</c>.</param>
/// <param name="Urgency">The urgency that it asks for, or <c>null</c>.</param>
/// <param name="Attachments">Its files.</param>
internal sealed record TnefContent(string? Html, string? Plain, MailUrgency? Urgency, IReadOnlyList<InboundAttachment> Attachments)
{
    // It is read in memory as a whole.
    private const long MaxEncodedBytes = 12 * 1024 * 1024;

    /// <summary>Whether the part is one of TNEF, by its type or, where a mailer does not know that, by the name that Outlook gives it.</summary>
    public static bool IsTnef(MimePart part) => part is TnefPart
        || (string.Equals(AttachmentName.Given(part), "winmail.dat", StringComparison.OrdinalIgnoreCase) && part.ContentType.IsMimeType("application", "*"));

    /// <summary>Reads the part; <c>null</c> when it is damaged, too large or empty, so that it stays an ordinary file.</summary>
    public static TnefContent? TryRead(MimePart part, DeliveryTrace trace, CancellationToken cancellationToken)
    {
        if (part.Content is not { Stream: { } encoded } content)
            return null;

        var found = encoded.Length <= MaxEncodedBytes && IsIntact(content, cancellationToken) ? TryConvert(part as TnefPart ?? new TnefPart { Content = content }, cancellationToken) : null;
        if (found is null)
            trace.Warn("A winmail.dat is damaged or too large; it was attached as it is");
        return found is { Html: null, Plain: null, Attachments.Count: 0 } ? null : found;
    }

    // MimeKit's reader has no one exception for what it cannot make sense of.
    private static TnefContent? TryConvert(TnefPart part, CancellationToken cancellationToken)
    {
        try
        {
            return FromMessage(part.ConvertToMessage(), cancellationToken);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NotSupportedException
            or OverflowException or IndexOutOfRangeException or EndOfStreamException)
        {
            return null;
        }
    }

    private static bool IsIntact(IMimeContent content, CancellationToken cancellationToken)
    {
        using var decoded = content.Open();
        return TnefStructure.IsIntact(decoded, cancellationToken);
    }

    private static TnefContent FromMessage(MimeMessage message, CancellationToken cancellationToken)
    {
        var files = new List<InboundAttachment>();
        string? html = null;
        string? plain = null;
        foreach (var entity in message.BodyParts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entity is TextPart { ContentDisposition: null, IsRichText: true } rtf)
            {
                var (converted, isHtml) = RichTextFormat.Read(PartContent.ReadStart(rtf, (int)MaxEncodedBytes, out _, cancellationToken).ToArray());
                html ??= isHtml ? converted : null;
                plain ??= isHtml ? null : converted;
            }
            else if (entity is TextPart { ContentDisposition: null } text)
            {
                html ??= text.IsHtml ? TextOf(text, cancellationToken) : null;
                plain ??= text.IsPlain ? TextOf(text, cancellationToken) : null;
            }
            else if (entity is MimePart part)
            {
                files.Add(ToFile(part, files.Count + 1));
            }
            else if (entity is MessagePart enclosed)
            {
                files.Add(ToFile(enclosed, files.Count + 1));
            }
        }

        return new(NullIfBlank(html), NullIfBlank(plain), UrgencyOf(message), files);
    }

    private static string TextOf(TextPart part, CancellationToken cancellationToken)
    {
        var bytes = PartContent.ReadStart(part, (int)MaxEncodedBytes, out _, cancellationToken);
        return Charsets.Decode(bytes, part.ContentType.Parameters.TryGetValue("charset", out string? charset) ? charset : null);
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static MailUrgency? UrgencyOf(MimeMessage message) => message.Importance switch
    {
        MessageImportance.High => MailUrgency.High,
        MessageImportance.Low => MailUrgency.Low,
        _ => null,
    };

    private static MimePartAttachment ToFile(MimePart part, int position) => new(part, null)
    {
        Name = AttachmentName.Given(part) ?? AttachmentName.MadeUp(part, position),
        MediaType = AsciiText.ToLower(part.ContentType.MimeType),
        ContentId = part.ContentId,
    };

    private static EnclosedMessageAttachment ToFile(MessagePart part, int position) => new(part, FormatOptions.Default)
    {
        Name = AttachmentName.Given(part) ?? AttachmentName.MadeUp(part, position),
        MediaType = "message/rfc822",
    };
}
