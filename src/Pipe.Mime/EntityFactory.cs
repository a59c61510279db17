using Pipe.Mime.Tnef;

namespace Pipe.Mime;

/// <summary>Makes the entity that suits a media type.</summary>
internal static class EntityFactory
{
    public static MimeEntity Create(EntityHeaders parsed, bool mayNest)
    {
        string type = parsed.ContentType.MediaType;
        string subtype = parsed.ContentType.MediaSubtype;
        if (Is(type, "text"))
            return Is(subtype, "rfc822-headers") && mayNest ? new TextRfc822Headers(parsed) : new TextPart(parsed);
        if (Is(type, "multipart"))
            return mayNest ? CreateMultipart(parsed, subtype) : new MimePart(parsed);
        if (Is(type, "message"))
            return CreateMessage(parsed, subtype, mayNest);
        if (Is(type, "application"))
        {
            if (Is(subtype, "ms-tnef") || Is(subtype, "vnd.ms-tnef"))
                return new TnefPart(parsed);
            if (Is(subtype, "rtf"))
                return new TextPart(parsed);
        }

        return new MimePart(parsed);
    }

    private static Multipart CreateMultipart(EntityHeaders parsed, string subtype)
    {
        if (Is(subtype, "alternative"))
            return new MultipartAlternative(parsed);
        if (Is(subtype, "related"))
            return new MultipartRelated(parsed);
        return Is(subtype, "report") ? new MultipartReport(parsed) : new Multipart(parsed);
    }

    private static MimeEntity CreateMessage(EntityHeaders parsed, string subtype, bool mayNest)
    {
        if (Is(subtype, "rfc822") || Is(subtype, "global") || Is(subtype, "news") || Is(subtype, "external-body") || Is(subtype, "rfc2822"))
        {
            var encoding = parsed.Headers.Find(HeaderId.ContentTransferEncoding) is var index and >= 0
                ? Utils.TransferEncodingName.Read(parsed.Headers.RawValueAt(index))
                : ContentEncoding.Default;
            // RFC 2046 section 5.2.1 forbids to encode a message; what is encoded anyway is a file.
            bool isEncoded = encoding is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode;
            return mayNest && !isEncoded ? new MessagePart(parsed) : new MimePart(parsed);
        }

        if (Is(subtype, "delivery-status") || Is(subtype, "global-delivery-status"))
            return new MessageDeliveryStatus(parsed);
        if (Is(subtype, "disposition-notification") || Is(subtype, "global-disposition-notification"))
            return new MessageDispositionNotification(parsed);
        if (Is(subtype, "feedback-report"))
            return new MessageFeedbackReport(parsed);
        return Is(subtype, "partial") ? new MessagePartial(parsed) : new MimePart(parsed);
    }

    private static bool Is(string value, string known) => value.Equals(known, StringComparison.OrdinalIgnoreCase);
}
