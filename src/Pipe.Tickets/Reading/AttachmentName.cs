using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>The file name under which a part is stored. For display only: it may hold anything.</summary>
internal static class AttachmentName
{
    private const int MaxHeaderBytes = 64 * 1024;
    private const string RandomAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=";

    /// <summary>The name that the part gives itself, decoded; <c>null</c> when it gives none.</summary>
    public static string? Given(MimeEntity entity)
    {
        if (entity.ContentDisposition is { } disposition && disposition.Parameters.TryGetValue("filename", out string? name))
            return PlainFileName(entity) ?? Decode(name);

        return entity.ContentType.Parameters.TryGetValue("name", out name) ? Decode(name) : null;
    }

    /// <summary>A name for a part without one.</summary>
    public static string MadeUp(MimeEntity entity, int position)
    {
        var type = entity.ContentType;
        string subtype = AsciiText.ToLower(type.MediaSubtype);
        if (type.IsMimeType("image", "*"))
            return $"image-{Random()}.{subtype}";
        if (entity is MessagePart { Message: { } message } && MessageSubject(message) is { Length: > 0 } subject)
            return subject + ".eml";
        if (entity is MimePart part && type.IsMimeType("message", "rfc822") && EncodedSubject(part) is { Length: > 0 } encodedSubject)
            return encodedSubject + ".eml";
        if (type.IsMimeType("message", "*"))
            return $"email-message-{Random()}.eml";

        return $"attachment-{position}.{Extension(subtype)}";
    }

    // Where a mailer gives the name twice, plain and extended (RFC 2231), osTicket takes the plain one; RFC 2231 says nothing.
    private static string? PlainFileName(MimeEntity entity)
    {
        if (entity.Headers[HeaderId.ContentDisposition] is not { } value
            || value.IndexOf("filename*", StringComparison.OrdinalIgnoreCase) < 0)
            return null;

        int parameter = value.IndexOf("filename=\"", StringComparison.OrdinalIgnoreCase);
        int start = parameter + "filename=\"".Length;
        int end = parameter < 0 ? -1 : value.IndexOf('"', start);
        return end < 0 ? null : Decode(value[start..end]);
    }

    // Names end up in header fields and on screens: no line breaks, no control characters.
    private static string Decode(string name)
    {
        string decoded = MailText.DecodeWords(name).Trim();
        return decoded.AsSpan().ContainsAnyInRange('\0', '\u001F')
            ? string.Concat(decoded.Select(c => c < ' ' ? ' ' : c))
            : decoded;
    }

    private static string? MessageSubject(MimeMessage message)
    {
        var field = message.Headers.FirstOrDefault(header => header.Id == HeaderId.Subject);
        return field is null ? null : Decode(Charsets.Decode(HeaderBytes.Unfold(field.RawValue), null));
    }

    // A message in base64, against RFC 2046 section 5.2.1.
    private static string? EncodedSubject(MimePart part)
    {
        using var start = new MemoryStream(PartContent.ReadStart(part, MaxHeaderBytes, out _, CancellationToken.None).ToArray());
        var header = HeaderBlock.Read(start);
        return header.First("subject") is { } subject ? Decode(header.TextOf(subject)) : null;
    }

    private static string Random() => SystemRandom.GetString(RandomAlphabet, 4);

    private static string Extension(string subtype) => subtype switch
    {
        "plain" => "txt",
        "octet-stream" => "bin",
        "mpeg" => "mp3",
        "quicktime" => "mov",
        "calendar" => "ics",
        "vcard" or "x-vcard" => "vcf",
        "pgp-signature" or "pgp-encrypted" => "asc",
        "pkcs7-signature" or "x-pkcs7-signature" => "p7s",
        "pkcs7-mime" or "x-pkcs7-mime" => "p7m",
        "ms-tnef" or "vnd.ms-tnef" => "dat",
        "msword" => "doc",
        "vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "vnd.ms-excel" => "xls",
        _ => subtype.Length is > 0 and <= 8 && !subtype.AsSpan().ContainsAnyExceptInRange('0', 'z') ? subtype : "bin",
    };
}
