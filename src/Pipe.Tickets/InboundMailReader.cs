using System.Text;
using MimeKit;
using Pipe.Tickets.Reading;

namespace Pipe.Tickets;

/// <summary>Reads a message as the help desk sees it.</summary>
public static class InboundMailReader
{
    private const string NoSubject = "[No Subject]";

    static InboundMailReader() => CodePages.Register();

    /// <summary>Parses the message. Whatever the bytes are, there is a result: no mail is lost for being broken.</summary>
    /// <remarks>The attachments read from <paramref name="message"/>, which therefore has to outlive them.</remarks>
    /// <exception cref="IOException">The temporary file of a large message cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static InboundMail Read(
        RawMessage message, InboundMailOptions options, DeliveryTrace trace, CancellationToken cancellationToken = default)
    {
        // Not disposed of: the attachments are read from it later, and it holds nothing that the message does not own.
        var stream = LineEnds.Mend(message.OpenContent());
        var header = HeaderBlock.Read(stream);
        stream.Position = header.FirstFieldOffset;

        try
        {
            return ReadParsed(stream, header, message, options, trace, cancellationToken);
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException or OutOfMemoryException))
        {
            // A reader's defect would hold back this mail for ever; the agents can read it from the raw bytes.
            return Unparsable(message, header, $"{e.GetType().Name}: {e.Message}", trace);
        }
    }

    /// <summary>The addresses of all who claim in a header to have written the message, in lower case.</summary>
    public static IReadOnlySet<string> AuthorsOf(string header) => Correspondents.Authors(HeaderBlock.FromBytes(Encoding.UTF8.GetBytes(header)));

    /// <summary>The decoded subject that a header has.</summary>
    public static string SubjectOf(string header) => Subject(HeaderBlock.FromBytes(Encoding.UTF8.GetBytes(header)));

    /// <summary>Whether the message ends in the middle: of a line, or of a multipart. What was written to its end never does.</summary>
    /// <exception cref="IOException">The temporary file of a large message cannot be read.</exception>
    public static bool IsCutShort(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var stream = message.OpenWhole();
        return ParserGuard.IsCutShort(stream);
    }

    private static InboundMail ReadParsed(
        Stream stream, HeaderBlock header, RawMessage message, InboundMailOptions options, DeliveryTrace trace, CancellationToken cancellationToken)
    {
        var parsed = TryParse(stream, header, options, out string error, out string? loss, cancellationToken);
        if (parsed?.Body is not { } root)
            return Unparsable(message, header, error, trace);

        var effectiveHeader = header;
        if (root is MessagePart)
        {
            stream.Position = header.BodyOffset;
            effectiveHeader = WrappedHeader.Of(HeaderBlock.Read(stream), header);
        }

        while (root is MessagePart { Message.Body: { } body })
            root = body;

        header.Charset = effectiveHeader.Charset = FirstCharset(root);
        var parts = new PartCollector(options, header.UsesCrLf ? "\r\n" : "\n", trace, cancellationToken);
        parts.Collect(root);
        var text = QuotedReply.Strip(Readable(parts.Body), options.ReplySeparator, out var strippedContentIds);
        var mail = FromHeader(message, header, effectiveHeader, trace) with
        {
            Body = text,
            Attachments = parts.Attachments,
            StrippedContentIds = strippedContentIds,
            ReturnedReference = parts.ReturnedReference,
        };
        if (parts.TnefUrgency is { } urgency)
            mail = mail with { Urgency = urgency };
        if (parts.HasTooManyAttachments)
            trace.Warn($"The message carries more than {options.MaxAttachments} files; it was attached instead of the rest");
        else if (loss is not null && !parts.IsPreambleCut)
            trace.Warn($"Not all of the message was read: {loss}; it was attached as it came");
        if (parts.HasTooManyAttachments || parts.IsPreambleCut || loss is not null)
            mail = WithWholeMessage(mail, message);
        if (message.IsOversized)
            mail = Cut(mail, message, trace);

        trace.Attachments = mail.Attachments.Count;
        return mail;
    }

    private static MimeMessage? TryParse(
        Stream stream, HeaderBlock header, InboundMailOptions options, out string error, out string? loss, CancellationToken cancellationToken)
    {
        error = "";
        loss = null;
        if (header.Fields.Count == 0 || header.UsesBareCr)
            return null;
        try
        {
            var parserOptions = ParserOptions.Default.Clone();
            parserOptions.MaxMimeDepth = options.MaxMimeDepth;
            return MimeMessage.Load(parserOptions, ParserGuard.Guard(stream, options, out loss), persistent: true, cancellationToken);
        }
        catch (FormatException e)
        {
            error = e.Message;
            return null;
        }
    }

    private static string? FirstCharset(MimeEntity entity) => entity switch
    {
        Multipart multipart => multipart.Select(FirstCharset).FirstOrDefault(charset => charset is not null),
        TextPart text => text.ContentType.Parameters.TryGetValue("charset", out string? charset) ? charset : null,
        _ => null,
    };

    private static InboundMail FromHeader(RawMessage message, HeaderBlock header, HeaderBlock effectiveHeader, DeliveryTrace trace)
    {
        string? ownId = LastNonEmpty(header, "message-id");
        string messageId = ownId ?? $"<{effectiveHeader.Fingerprint()}@local>";
        var sender = Correspondents.Sender(header);
        trace.MessageId = messageId;
        trace.Owner = sender?.Address;
        if (ownId is null)
            trace.Warn("The message has no Message-ID; one was derived from its header");
        if (sender is null)
            trace.Warn("The message names no author");

        string text = effectiveHeader.ToText().Trim();
        return new InboundMail
        {
            Sender = sender,
            ReplyTo = Correspondents.ReplyTo(header),
            OriginalAuthors = Correspondents.OriginalAuthors(header),
            From = Correspondents.From(header),
            Subject = Subject(header),
            MessageId = messageId,
            MessageIdIsDerived = ownId is null,
            InReplyTo = Identifiers(header, "in-reply-to"),
            References = Identifiers(header, "references"),
            Header = message.MboxFromLine is { } line && effectiveHeader == header ? line + "\n" + text : text,
            Recipients = Correspondents.Recipients(header),
            IsNoMail = header.Fields.Count == 0,
            Urgency = MailFlags.Urgency(effectiveHeader),
            IsBounce = MailFlags.IsBounce(effectiveHeader),
            IsAutoReply = MailFlags.IsAutoReply(effectiveHeader),
            IsAutomatic = MailFlags.IsAutomatic(effectiveHeader),
            Body = new(BodyFormat.Text, ""),
            Attachments = [],
        };
    }

    private static string Subject(HeaderBlock header)
    {
        string subject = header.First("subject") is { } field ? MailText.DecodeWords(header.TextOf(field)) : "";
        subject = subject.ReplaceLineEndings(" ").Replace('\r', ' ').Replace('\n', ' ').Replace("\0", "", StringComparison.Ordinal);
        return subject.Length == 0 ? NoSubject : subject;
    }

    private static MailBody Readable(MailBody body) =>
        body.Format == BodyFormat.Text ? body with { Content = MailText.WithoutControls(body.Content) } : body;

    private static InboundMail Unparsable(RawMessage message, HeaderBlock header, string error, DeliveryTrace trace)
    {
        trace.Warn($"The message cannot be parsed ({error}); it was attached as it came");
        trace.Attachments = 1;
        var mail = FromHeader(message, header, header, trace);
        return mail with
        {
            Body = new(BodyFormat.Text, $"Email parse failed: [{error}]"),
            Attachments = [WholeMessage(mail, message)],
        };
    }

    private static InboundMail WithWholeMessage(InboundMail mail, RawMessage message) =>
        mail with { Attachments = [.. mail.Attachments, WholeMessage(mail, message)] };

    private static RawMessageAttachment WholeMessage(InboundMail mail, RawMessage message) => new(message)
    {
        Name = (mail.Subject == NoSubject ? mail.MessageId : mail.Subject) + ".eml",
        MediaType = "message/rfc822",
    };

    // The files of a cut message are left out: the last one is cut too, and the whole message is kept elsewhere.
    private static InboundMail Cut(InboundMail mail, RawMessage message, DeliveryTrace trace)
    {
        trace.Warn($"The message has {message.Length} bytes, more than the {message.MaxBytes} allowed; it was cut");
        string remark = $"[This message was cut: it has {message.Length} bytes, and {message.MaxBytes} are allowed here. "
            + $"{mail.Attachments.Count} attached file(s) were left out. The whole message is kept in the quarantine folder.]";
        string content = mail.Body.Format == BodyFormat.Html
            ? $"{mail.Body.Content}<p>{remark}</p>"
            : $"{mail.Body.Content.TrimEnd()}\n\n{remark}";
        return mail with { Body = mail.Body with { Content = content }, Attachments = [] };
    }

    private static string? LastNonEmpty(HeaderBlock header, string name)
    {
        string? last = null;
        foreach (var field in header.All(name))
        {
            string text = header.TextOf(field);
            last = text.AsSpan().Trim(" \t\r\n<>").IsEmpty ? last : text;
        }

        return last is null ? null : WithoutWords(last);
    }

    private static string? Identifiers(HeaderBlock header, string name) => header.Joined(name, " ") is { } text ? WithoutWords(text) : null;

    // Python's email package folds a long msg-id into encoded words, which everybody else compares with the id itself.
    private static string WithoutWords(string identifiers) =>
        identifiers.Contains("=?", StringComparison.Ordinal) && MailText.DecodeWords(identifiers) is var decoded && decoded.Contains('@', StringComparison.Ordinal)
            ? MailText.WithoutControls(decoded.ReplaceLineEndings(" ")).Trim()
            : identifiers;
}
