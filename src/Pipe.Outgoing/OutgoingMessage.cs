using System.Text;
using MimeKit;
using Pipe.Tickets.People;

namespace Pipe.Outgoing;

/// <summary>Puts a mail into MIME.</summary>
public static class OutgoingMessage
{
    private const string ReferenceMark = "Ref-Mid: ";
    private const string BoundaryAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int BoundaryLength = 24;
    private const int MaxMediaTypeLength = 300;
    private const int MaxIdLength = 900;

    /// <summary>The whole message with CRLF line ends; its lines are at most 998 octets long.</summary>
    /// <remarks>It is ASCII but for local parts that are not; a message with those needs SMTPUTF8 (RFC 6532).</remarks>
    /// <param name="mail">What is to be said.</param>
    /// <param name="date">The Date field.</param>
    public static byte[] Compose(OutgoingMail mail, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(mail);

        // With a list of header fields it makes no Message-ID of its own, for which it would load OpenSSL.
        using var message = new MimeMessage(new HeaderList());
        message.From.Add(Mailboxes.Of(EncodedWord.Protect(mail.From.Name), AsciiAddress.Of(mail.From.Address)));
        (mail.IsCarbonCopy ? message.Cc : message.To).Add(
            Mailboxes.Of(EncodedWord.Protect(mail.Recipient.Name), AsciiAddress.Of(mail.Recipient.Address)));
        message.Subject = EncodedWord.Protect(mail.Subject);
        message.Date = date;
        message.Headers.Replace(HeaderId.MessageId, $"<{mail.MessageId}>");
        if (mail.InReplyTo is { } inReplyTo)
            message.Headers.Replace(HeaderId.InReplyTo, inReplyTo);
        if (mail.References.Count > 0)
            message.Headers.Replace(References(mail.References));
        AddClass(message.Headers, mail.Class);
        message.Body = Body(mail);

        using var output = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, output);

        // MimeKit ends the last line for a text that does not.
        if (message.Body is TextPart { ContentTransferEncoding: not ContentEncoding.Base64 } && PlainText(mail) is [.., not '\n'])
            output.SetLength(output.Length - 2);
        return output.ToArray();
    }

    // MimeKit folds with tabs, which some programs leave in the field when they unfold it.
    private static Header References(IReadOnlyList<string> ids)
    {
        var field = new Header(HeaderId.References, string.Join(' ', ids));
        if (ids.All(id => Ascii.IsValid(id) && id.Length < MaxIdLength && !id.AsSpan().ContainsAnyInRange('\0', ' ')))
            field.SetRawValue(Encoding.ASCII.GetBytes($" {string.Join("\r\n ", ids)}\r\n"));
        return field;
    }

    // RFC 3834 section 5; the other fields say the same to programs that are older than it, or Microsoft's.
    private static void AddClass(HeaderList headers, MailClass mailClass)
    {
        headers.Add("X-Mailer", "osTicket Mailer");
        if (mailClass == MailClass.Autoreply)
        {
            headers.Add("Auto-Submitted", "auto-replied");
            headers.Add("Precedence", "auto_reply");
            headers.Add("X-Autoreply", "yes");
            headers.Add("X-Auto-Response-Suppress", "DR, RN, OOF, AutoReply");
        }
        else
        {
            headers.Add("Auto-Submitted", "auto-generated");
            headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        }
    }

    private static MimeEntity Body(OutgoingMail mail)
    {
        var body = Shown(mail);
        if (mail.Attachments.Count == 0)
            return body;

        var mixed = Multipart("mixed", body);
        foreach (var file in mail.Attachments)
            mixed.Add(Part(file, ContentDisposition.Attachment));
        return mixed;
    }

    private static MimeEntity Shown(OutgoingMail mail)
    {
        if (mail.Html is null || mail.TextOnly)
            return Text("plain", PlainText(mail));

        string domain = AsciiAddress.Of(mail.From.Address);
        domain = domain[(domain.LastIndexOf('@') + 1)..];
        string html = mail.Html;
        foreach (var image in mail.Images)
            html = html.Replace($"cid:{image.Key}", $"cid:{image.Key}@{domain}", StringComparison.Ordinal);

        var alternative = Multipart("alternative", Text("plain", PlainText(mail)), Text("html", html));
        if (mail.Images.Count == 0)
            return alternative;

        var related = Multipart("related", alternative);
        foreach (var image in mail.Images)
        {
            var part = Part(image, ContentDisposition.Inline);
            part.ContentId = $"{image.Key}@{domain}";
            related.Add(part);
        }

        return related;
    }

    // The block that hides the separator in HTML is no text, so the separator is put here. The last line is where an answer to the
    // plain text says what it answers, even if its program writes no References.
    private static string PlainText(OutgoingMail mail)
    {
        if (mail.Html is null)
            return mail.Text ?? "";

        var text = new StringBuilder();
        if (mail.ReplySeparator is { } separator)
            text.Append(separator).Append("\n\n");
        string converted = HtmlToText.Convert(mail.Html);
        text.Append(converted);
        return text.Append(converted.Length > 0 ? "\n\n" : "").Append(ReferenceMark).Append(mail.MessageId).Append('\n').ToString();
    }

    // A new multipart makes a boundary of its own, for which it loads OpenSSL: 4 ms. One that is read has what it says.
    private static Multipart Multipart(string subtype, params ReadOnlySpan<MimeEntity> parts)
    {
        var type = new ContentType("multipart", subtype) { Boundary = $"=_{SystemRandom.GetString(BoundaryAlphabet, BoundaryLength)}" };
        var multipart = (Multipart)MimeEntity.Load(type, Stream.Null);
        multipart.Clear();
        foreach (var part in parts)
            multipart.Add(part);
        return multipart;
    }

    private static TextPart Text(string subtype, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        var part = new TextPart(subtype) { Content = new MimeContent(new MemoryStream(content, writable: false)) };
        part.ContentType.CharsetEncoding = Encoding.UTF8;
        part.Prepare(EncodingConstraint.SevenBit);
        if (part.ContentTransferEncoding == ContentEncoding.QuotedPrintable
            || (part.ContentTransferEncoding != ContentEncoding.Base64 && QuotedPrintable.IsNeeded(content)))
        {
            part.Content = new MimeContent(new MemoryStream(QuotedPrintable.Encode(content), writable: false), ContentEncoding.QuotedPrintable);
            part.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        }

        return part;
    }

    private static MimePart Part(OutgoingFile file, string disposition)
    {
        // Messages and multiparts may not be in base64 (RFC 2046 section 5.2.1), and a type cannot be folded.
        var type = file.MediaType.Length <= MaxMediaTypeLength && ContentType.TryParse(file.MediaType, out var parsed)
            && parsed.MediaType is not ("message" or "multipart")
            ? parsed
            : new ContentType("application", "octet-stream");
        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(file.Content, writable: false)),
            ContentDisposition = new ContentDisposition(disposition),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = WithoutControls(file.Name),
        };
    }

    // A file name from a mail may hold anything.
    private static string WithoutControls(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (char c in name)
            safe.Append(char.IsControl(c) ? '_' : c);
        return safe.ToString();
    }
}
