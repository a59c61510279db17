using System.Text;
using MimeKit;
using MimeKit.Cryptography;

namespace Pipe.Tickets.Reading;

/// <summary>Walks the MIME tree of a message and sorts its leaves into text and files.</summary>
/// <remarks>Recursion is bounded by the depth that the parser was told to allow.</remarks>
internal sealed class PartCollector(
    InboundMailOptions options, string lineEnd, DeliveryTrace trace, CancellationToken cancellationToken)
{
    private readonly List<InboundAttachment> _attachments = [];
    private readonly List<MimePart> _alternatives = [];
    private readonly List<InboundAttachment> _tnefAttachments = [];
    private int _plainLength;
    private int _htmlLength;
    private string? _tnefHtml;
    private string? _tnefPlain;

    /// <summary>The files in the order of the tree; those out of a winmail.dat at the end.</summary>
    public IReadOnlyList<InboundAttachment> Attachments => _attachments;

    /// <summary>What the message shows as its text.</summary>
    public MailBody Body { get; private set; } = new(BodyFormat.Text, "");

    /// <summary>Whether there are more files than are taken out of one message.</summary>
    public bool HasTooManyAttachments { get; private set; }

    /// <summary>Whether a multipart without any part holds more text than is shown.</summary>
    public bool IsPreambleCut { get; private set; }

    /// <summary>The urgency that a winmail.dat asks for.</summary>
    public MailUrgency? TnefUrgency { get; private set; }

    /// <summary>The msg-id that the help desk hid in a mail of its own which a report gives back, or <c>null</c>.</summary>
    public string? ReturnedReference { get; private set; }

    /// <summary>Takes in the tree; to be called once.</summary>
    public void Collect(MimeEntity root)
    {
        var texts = Visit(root, null, 0);
        Body = texts.Choose(options.RichText, _tnefHtml, _tnefPlain);

        // What is neither plain text nor HTML is dropped where a better alternative was there to read.
        if (_plainLength == 0 && _htmlLength == 0)
        {
            foreach (var part in _alternatives)
                AddFile(part);
        }

        foreach (var file in _tnefAttachments)
            Add(file);
    }

    private ShownTexts Visit(MimeEntity entity, Multipart? parent, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (entity)
        {
            case Multipart { Count: 0, Preamble: { } preamble } multipart when !string.IsNullOrWhiteSpace(preamble):
                return LostParts.TryFind(multipart, preamble, depth, options) is { } found ? Visit(found, parent, depth + 1) : AddPreamble(preamble);
            case Multipart multipart:
                var texts = multipart.Select(child => Visit(child, multipart, depth + 1)).ToList();
                return multipart is MultipartAlternative ? ShownTexts.OneOf(texts)
                    : multipart is MultipartEncrypted ? ShownTexts.AllOf([.. texts, Encrypted()])
                    : ShownTexts.AllOf(texts);
            case MessagePart message when message.ContentDisposition is not null || !IsReturnedHeader(message, parent):
                AddMessage(message);
                if (IsReport(parent))
                    ReturnedReference ??= ReturnedMessage.FindReference(message.Message?.Body, options.MaxBodyBytes, cancellationToken);
                return ShownTexts.None;
            case MimePart part:
                return VisitLeaf(part, parent, depth);
            default:
                return ShownTexts.None;
        }
    }

    private ShownTexts VisitLeaf(MimePart part, Multipart? parent, int depth)
    {
        string? disposition = part.ContentDisposition?.Disposition;
        bool isInline = string.Equals(disposition, "inline", StringComparison.OrdinalIgnoreCase);
        var type = part.ContentType;
        bool isText = (IsBodyType(type) && (disposition is null || isInline)) || (disposition is null && IsUntyped(part));

        if (isText)
        {
            // A text with a name is a file. Mail programs show one that asks for it as well, and where there is nothing else to see, so do we.
            bool isNamed = AttachmentName.Given(part) is not null;
            bool isHtml = type.IsMimeType("text", "html");
            var text = ReadText(part, parent, isHtml, isNamed);
            if (isNamed)
                AddFile(part);
            return text is null ? ShownTexts.None : ShownTexts.Of(new TextPiece(text, isHtml, IsFile: isNamed && (isHtml || !isInline)));
        }

        if (part is ApplicationPkcs7Mime)
        {
            // The file stays: the signature is in it.
            AddFile(part);
            return depth < options.MaxMimeDepth && SignedContent.TryOpen(part, options, cancellationToken) is { } signed
                ? Visit(signed, parent, depth + 1)
                : part.ContentType.Parameters["smime-type"] is "enveloped-data" or "authEnveloped-data" ? Encrypted() : ShownTexts.None;
        }

        if (TnefContent.IsTnef(part) && TnefContent.TryRead(part, trace, cancellationToken) is { } content)
        {
            _tnefHtml = content.Html ?? _tnefHtml;
            _tnefPlain = content.Plain ?? _tnefPlain;
            TnefUrgency = content.Urgency ?? TnefUrgency;
            _tnefAttachments.AddRange(content.Attachments);
        }
        else if (disposition is null && IsReportDetail(part, parent))
        {
            // For machines: a person reads the report's first part.
        }
        else if (disposition is null && type.IsMimeType("text", "*") && !type.IsMimeType("text", "calendar") && parent is MultipartAlternative)
        {
            _alternatives.Add(part);
        }
        else
        {
            AddFile(part);
        }

        return ShownTexts.None;
    }

    private static ShownTexts Encrypted() =>
        ShownTexts.Of(new TextPiece("[This mail is encrypted. Its content is in the attached file.]", IsHtml: false, IsFile: false));

    private ShownTexts AddPreamble(string preamble)
    {
        int room = Math.Max(0, options.MaxBodyBytes - _plainLength);
        if (preamble.Length > room)
        {
            trace.Warn($"The text is longer than {options.MaxBodyBytes} bytes; it was cut, and the message attached as it came");
            preamble = preamble[..(room > 0 && char.IsHighSurrogate(preamble[room - 1]) ? room - 1 : room)] + " ... (truncated)";
            IsPreambleCut = true;
        }

        _plainLength += preamble.Length;
        return ShownTexts.Of(new TextPiece(preamble, IsHtml: false, IsFile: false));
    }

    private static bool IsBodyType(ContentType type) => type.IsMimeType("text", "plain") || type.IsMimeType("text", "html");

    // A Content-Type that says nothing ("Content-Type: text", "; charset=utf-8") is text/plain, as if it were missing.
    private static bool IsUntyped(MimePart part) =>
        part.Headers[HeaderId.ContentType] is { } type && !type.Contains('/', StringComparison.Ordinal) && AttachmentName.Given(part) is null;

    private static bool IsReport(Multipart? parent) => parent is not null && parent.ContentType.IsMimeType("multipart", "report");

    private static bool IsReportDetail(MimePart part, Multipart? parent) => IsReport(parent) && part.ContentType.IsMimeType("message", "*");

    private static bool IsReturnedHeader(MessagePart part, Multipart? parent) =>
        IsReport(parent) && part.ContentType.IsMimeType("text", "rfc822-headers");

    // Null when there is no room for it; then it is a file.
    private string? ReadText(MimePart part, Multipart? parent, bool isHtml, bool isNamed)
    {
        ref int length = ref isHtml ? ref _htmlLength : ref _plainLength;
        int room = options.MaxBodyBytes - length;
        if (room <= 0)
        {
            if (!isNamed)
                AddFile(part);
            return null;
        }

        var bytes = PartContent.ReadStart(part, room, out bool isCut, cancellationToken);
        string text = Charsets.Decode(bytes, CharsetOf(part) ?? (isHtml ? Charsets.OfHtml(bytes) : null));
        if (isCut)
        {
            trace.Warn($"The text is longer than {options.MaxBodyBytes} bytes; it was cut and attached in full");
            text += " ... (truncated)";
            if (!isNamed)
                AddFile(part);
        }
        else if (parent is not null && PartContent.EncodingOf(part) != ContentEncoding.Base64)
        {
            // The line end before a boundary is the boundary's (RFC 2046 section 5.1.1), but two texts must not run together.
            text += lineEnd;
        }

        length += text.Length;
        return text;
    }

    private void AddFile(MimePart part) => Add(new MimePartAttachment(part, TranscodedFrom(part))
    {
        Name = AttachmentName.Given(part) ?? AttachmentName.MadeUp(part, _attachments.Count + 1),
        MediaType = AsciiText.ToLower(part.ContentType.MimeType),
        ContentId = ContentIdOf(part),
    });

    private void AddMessage(MessagePart part)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = lineEnd.Length == 2 ? NewLineFormat.Dos : NewLineFormat.Unix;
        Add(new EnclosedMessageAttachment(part, format)
        {
            Name = AttachmentName.Given(part) ?? AttachmentName.MadeUp(part, _attachments.Count + 1),
            MediaType = AsciiText.ToLower(part.ContentType.MimeType),
            ContentId = ContentIdOf(part),
        });
    }

    private void Add(InboundAttachment attachment)
    {
        if (_attachments.Count < options.MaxAttachments)
            _attachments.Add(attachment);
        else
            HasTooManyAttachments = true;
    }

    // Some programs name pictures by where they were (RFC 2557), in the text as well.
    private static string? ContentIdOf(MimeEntity entity) =>
        entity.Headers[HeaderId.ContentId] is { } id && id.Trim().TrimStart('<').TrimEnd('>') is { Length: > 0 } bare ? bare
            : entity.Headers[HeaderId.ContentLocation]?.Trim() is { Length: > 0 } location ? location : null;

    private static string? CharsetOf(MimePart part) =>
        part.ContentType.Parameters.TryGetValue("charset", out string? charset) ? charset : null;

    // Texts that name their charset are stored as UTF-8.
    private Encoding? TranscodedFrom(MimePart part)
    {
        if (!part.ContentType.IsMimeType("text", "*") || CharsetOf(part) is not { } charset || Charsets.Find(charset) is not { } encoding)
            return null;

        return encoding is UTF8Encoding || Charsets.IsUtf8(PartContent.ReadStart(part, options.MaxBodyBytes, out _, cancellationToken), encoding)
            ? null
            : encoding;
    }
}
