using System.Text;
using MimeKit.Tnef;
using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>Walks the MIME tree of a message and sorts its leaves into text and files.</summary>
/// <remarks>Recursion is bounded by the depth that the parser was told to allow.</remarks>
internal sealed class PartCollector(
    InboundMailOptions options, string lineEnd, DeliveryTrace trace, CancellationToken cancellationToken)
{
    private readonly List<InboundAttachment> _attachments = [];
    private readonly List<MimePart> _alternatives = [];
    private readonly List<InboundAttachment> _tnefAttachments = [];
    private readonly StringBuilder _plain = new();
    private readonly StringBuilder _html = new();
    private bool _someHtmlIsUnnamed;
    private string? _tnefHtml;
    private string? _tnefPlain;

    /// <summary>The files in the order of the tree; those out of a winmail.dat at the end.</summary>
    public IReadOnlyList<InboundAttachment> Attachments => _attachments;

    /// <summary>All text/plain leaves that are meant to be read.</summary>
    public string Plain => _plain.ToString();

    /// <summary>
    /// All text/html leaves that are meant to be read; empty when there is nothing in them. HTML that is only in named files
    /// does not displace plain text.
    /// </summary>
    public string Html
    {
        get
        {
            string html = _tnefHtml ?? _html.ToString();
            bool isFileOnly = _tnefHtml is null && !_someHtmlIsUnnamed && !string.IsNullOrWhiteSpace(_plain.ToString());
            return isFileOnly || string.IsNullOrWhiteSpace(html) ? "" : html;
        }
    }

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
        Visit(root, null);

        if (_plain.Length == 0)
            _plain.Append(_tnefPlain);

        // What is neither plain text nor HTML is dropped where a better alternative was there to read.
        if (_plain.Length == 0 && _html.Length == 0)
        {
            foreach (var part in _alternatives)
                AddFile(part);
        }

        foreach (var file in _tnefAttachments)
            Add(file);
        if (root is Multipart { Count: 0, Preamble: { } preamble })
            AddPreamble(preamble);
    }

    private void Visit(MimeEntity entity, Multipart? parent)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (entity)
        {
            case Multipart multipart:
                foreach (var child in multipart)
                    Visit(child, multipart);
                break;
            case MessagePart message when message.ContentDisposition is not null || !IsReturnedHeader(message, parent):
                AddMessage(message);
                if (IsReport(parent))
                    ReturnedReference ??= ReturnedMessage.FindReference(message.Message?.Body, options.MaxBodyBytes, cancellationToken);
                break;
            case MimePart part:
                VisitLeaf(part, parent);
                break;
        }
    }

    private void VisitLeaf(MimePart part, Multipart? parent)
    {
        string? disposition = part.ContentDisposition?.Disposition;
        bool isInline = string.Equals(disposition, "inline", StringComparison.OrdinalIgnoreCase);
        var type = part.ContentType;
        bool isText = (IsBodyType(type) && (disposition is null || isInline)) || (disposition is null && IsUntyped(part));

        if (isText)
        {
            bool isNamed = AttachmentName.Given(part) is not null;
            AddText(part, parent, isNamed && isInline);
            if (isNamed && isInline)
                AddFile(part);
        }
        else if (part is TnefPart tnef && TnefContent.TryRead(tnef, trace, cancellationToken) is { } content)
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
        else if (disposition is null && type.IsMimeType("text", "*") && parent is MultipartAlternative)
        {
            _alternatives.Add(part);
        }
        else
        {
            AddFile(part);
        }
    }

    private void AddPreamble(string preamble)
    {
        int room = Math.Max(0, options.MaxBodyBytes - _plain.Length);
        if (preamble.Length <= room)
        {
            _plain.Append(preamble);
            return;
        }

        trace.Warn($"The text is longer than {options.MaxBodyBytes} bytes; it was cut, and the message attached as it came");
        _plain.Append(preamble, 0, room > 0 && char.IsHighSurrogate(preamble[room - 1]) ? room - 1 : room).Append(" ... (truncated)");
        IsPreambleCut = true;
    }

    private static bool IsBodyType(ContentType type) => type.IsMimeType("text", "plain") || type.IsMimeType("text", "html");

    // A Content-Type that says nothing ("Content-Type: text", "; charset=utf-8") is text/plain, as if it were missing.
    private static bool IsUntyped(MimePart part) =>
        part.Headers[HeaderId.ContentType] is { } type && !type.Contains('/', StringComparison.Ordinal) && AttachmentName.Given(part) is null;

    private static bool IsReport(Multipart? parent) => parent is not null && parent.ContentType.IsMimeType("multipart", "report");

    private static bool IsReportDetail(MimePart part, Multipart? parent) => IsReport(parent) && part.ContentType.IsMimeType("message", "*");

    private static bool IsReturnedHeader(MessagePart part, Multipart? parent) =>
        IsReport(parent) && part.ContentType.IsMimeType("text", "rfc822-headers");

    private void AddText(MimePart part, Multipart? parent, bool isNamedFile)
    {
        var target = part.ContentType.IsMimeType("text", "html") ? _html : _plain;
        int room = options.MaxBodyBytes - target.Length;
        if (room <= 0)
        {
            AddFile(part);
            return;
        }

        var bytes = PartContent.ReadStart(part, room, out bool isCut, cancellationToken);
        target.Append(Charsets.Decode(bytes, CharsetOf(part) ?? (target == _html ? Charsets.OfHtml(bytes) : null)));
        if (isCut)
        {
            trace.Warn($"The text is longer than {options.MaxBodyBytes} bytes; it was cut and attached in full");
            target.Append(" ... (truncated)");
            AddFile(part);
        }
        else if (parent is not null && PartContent.EncodingOf(part) != ContentEncoding.Base64)
        {
            // The line end before a boundary is the boundary's (RFC 2046 section 5.1.1), but two texts must not run together.
            target.Append(lineEnd);
        }

        _someHtmlIsUnnamed |= target == _html && !isNamedFile;
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

    private static string? ContentIdOf(MimeEntity entity) =>
        entity.Headers[HeaderId.ContentId] is { } id && id.Trim().TrimStart('<').TrimEnd('>') is { Length: > 0 } bare ? bare : null;

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
