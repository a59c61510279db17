using System.Buffers.Binary;
using System.Text;
using Pipe.Mime.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime.Tnef;

/// <summary>Makes a message of a TNEF stream.</summary>
internal sealed class TnefMessageReader
{
    /// <summary>How deep messages may be embedded in each other.</summary>
    public const int MaxDepth = 16;

    private const int MaxAttachments = 10_000;
    private const int MaxRecipients = 10_000;

    private readonly int _depth;
    private readonly MimeMessage _message;
    private readonly List<TnefAttachment> _attachments = [];
    private Encoding _codepage = CharsetUtils.Windows1252;
    private Encoding? _oemCodepage;
    private TnefProperties? _properties;
    private string? _subject;
    private string? _body;
    private int? _priority;

    private TnefMessageReader(MimeMessage message, int depth)
    {
        _message = message;
        _depth = depth;
    }

    public static bool IsTnef(ReadOnlySpan<byte> stream) => new TnefAttributeReader(stream).ReadSignature();

    /// <summary>Reads as much as can be read; of data that is no TNEF at all, nothing.</summary>
    public static MimeMessage Read(ReadOnlySpan<byte> stream, int depth)
    {
        var reader = new TnefMessageReader(new MimeMessage([]), depth);
        var attributes = new TnefAttributeReader(stream);
        if (attributes.ReadSignature())
        {
            while (attributes.TryRead(out var attribute))
            {
                if (attribute.IsOfAttachment)
                    reader.TakeOfAttachment(attribute);
                else
                    reader.Take(attribute);
            }
        }

        return reader.Build();
    }

    private void Take(TnefAttribute attribute)
    {
        var data = attribute.Data;
        switch (attribute.Id)
        {
            case TnefAttributeId.OemCodepage when data.Length >= 4:
                _oemCodepage = CodepageOf(BinaryPrimitives.ReadInt32LittleEndian(data));
                _codepage = _oemCodepage ?? _codepage;
                break;
            case TnefAttributeId.Subject:
                _subject = Text(data);
                break;
            case TnefAttributeId.Body:
                _body = Text(data);
                break;
            case TnefAttributeId.Priority when data.Length >= 2:
                // 1 is low and 3 is high here; the importance property says it better.
                _priority = BinaryPrimitives.ReadInt16LittleEndian(data) switch { 1 => 2, 3 => 0, _ => 1 };
                break;
            case TnefAttributeId.DateSent when data.Length >= 12:
                ReadDate(data);
                break;
            case TnefAttributeId.MessageProperties:
                _properties = TnefProperties.Read(ref data);
                break;
            case TnefAttributeId.RecipientTable when data.Length >= 4:
                ReadRecipients(data);
                break;
        }
    }

    private void TakeOfAttachment(TnefAttribute attribute)
    {
        if (attribute.Id == TnefAttributeId.AttachRenderData || _attachments.Count == 0)
        {
            if (_attachments.Count >= MaxAttachments)
                return;
            _attachments.Add(new TnefAttachment());
        }

        var attachment = _attachments[^1];
        var data = attribute.Data;
        switch (attribute.Id)
        {
            case TnefAttributeId.AttachTitle:
                attachment.Title = Text(data);
                break;
            case TnefAttributeId.AttachTransportFilename:
                attachment.TransportFilename = Text(data);
                break;
            case TnefAttributeId.AttachData:
                attachment.Data = data.ToArray();
                break;
            case TnefAttributeId.AttachmentProperties:
                attachment.Properties = TnefProperties.Read(ref data);
                break;
        }
    }

    private string Text(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOf((byte)0);
        return _codepage.GetString(end < 0 ? data : data[..end]);
    }

    private void ReadDate(ReadOnlySpan<byte> data)
    {
        Span<int> fields = stackalloc int[6];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = BinaryPrimitives.ReadUInt16LittleEndian(data[(i * 2)..]);
        if (fields[0] is >= 1601 and <= 9999 && fields[1] is >= 1 and <= 12 && fields[2] >= 1
            && fields[2] <= DateTime.DaysInMonth(fields[0], fields[1]) && fields[3] < 24 && fields[4] < 60 && fields[5] < 60)
        {
            _message.Date = new DateTimeOffset(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], TimeSpan.Zero);
        }
    }

    private void ReadRecipients(ReadOnlySpan<byte> data)
    {
        uint rows = BinaryPrimitives.ReadUInt32LittleEndian(data);
        data = data[4..];
        var lists = new[] { new List<InternetAddress>(), [], [] };
        for (uint i = 0; i < rows && i < MaxRecipients && !data.IsEmpty; i++)
        {
            var row = TnefProperties.Read(ref data);
            if (AddressOf(row, TnefPropertyId.SmtpAddress, TnefPropertyId.EmailAddress) is not { } address)
                continue;
            var mailbox = new MailboxAddress(row.GetString(TnefPropertyId.DisplayName, _codepage), address);
            lists[row.GetInt32(TnefPropertyId.RecipientType) switch { 2 => 1, 3 => 2, _ => 0 }].Add(mailbox);
        }

        _message.To.AddRange(lists[0]);
        _message.Cc.AddRange(lists[1]);
        _message.Bcc.AddRange(lists[2]);
    }

    private string? AddressOf(TnefProperties properties, TnefPropertyId smtp, TnefPropertyId any)
    {
        string? address = properties.GetString(smtp, _codepage);
        if (string.IsNullOrEmpty(address))
            address = properties.GetString(any, _codepage);
        return address is not null && address.Contains('@', StringComparison.Ordinal) ? address : null;
    }

    private MimeMessage Build()
    {
        if (_properties is not null)
            TakeEnvelope(_properties);
        if ((_subject ?? "").Length > 0)
            _message.Subject = _subject;
        int? importance = _properties?.GetInt32(TnefPropertyId.Importance) ?? _priority;
        if (importance is 0 or 2)
            _message.Importance = (MessageImportance)importance;

        var bodies = Bodies();
        var files = _attachments.Select(a => a.ToEntity(_codepage, _depth)).OfType<MimeEntity>().ToList();
        _message.Body = Assemble(bodies, files);
        return _message;
    }

    private void TakeEnvelope(TnefProperties properties)
    {
        // "Unicode" is what Outlook calls the charset of the other strings; the internet code page is that of the HTML only.
        string? subject = properties.GetString(TnefPropertyId.Subject, _codepage);
        if (!string.IsNullOrEmpty(subject) && (_subject is null || properties.IsUnicode(TnefPropertyId.Subject)))
            _subject = subject;
        if (properties.GetTime(TnefPropertyId.ClientSubmitTime) is { } time)
            _message.Date = time;
        if (properties.GetString(TnefPropertyId.InternetMessageId, _codepage) is { Length: > 0 } id && MimeUtils.ParseMessageId(id) is { } bare)
            _message.MessageId = bare;
        if (AddressOf(properties, TnefPropertyId.SenderSmtpAddress, TnefPropertyId.SenderEmailAddress) is { } sender)
            _message.From.Add(new MailboxAddress(properties.GetString(TnefPropertyId.SenderName, _codepage), sender));
    }

    private List<MimeEntity> Bodies()
    {
        string? plain = _properties?.GetString(TnefPropertyId.Body, _codepage);
        if (string.IsNullOrEmpty(plain))
            plain = _body;
        string? html = Html();
        string? rtf = null;
        if (_properties?.GetBytes(TnefPropertyId.RtfCompressed) is { } compressed && RtfDecompressor.Decompress(compressed) is { } bytes)
        {
            var document = RtfDocument.Read(bytes);
            if (document.IsHtml)
                html ??= document.Text;
            else if (string.IsNullOrWhiteSpace(plain))
                plain = document.Text;
            if (!document.IsHtml && !document.IsText)
                rtf = Encoding.Latin1.GetString(bytes);
        }

        var bodies = new List<MimeEntity>();
        if (!string.IsNullOrEmpty(plain))
            bodies.Add(new TextPart(TextFormat.Plain) { Text = plain });
        if (rtf is not null && html is null)
            bodies.Add(new TextPart(TextFormat.RichText) { Text = rtf });
        if (!string.IsNullOrEmpty(html))
            bodies.Add(new TextPart(TextFormat.Html) { Text = html });
        foreach (var body in bodies)
            body.Prepare(EncodingConstraint.SevenBit);
        return bodies;
    }

    private string? Html()
    {
        if (_properties?.GetBytes(TnefPropertyId.BodyHtml) is not { Length: > 0 } bytes)
            return null;
        if (_properties.IsText(TnefPropertyId.BodyHtml))
            return _properties.GetString(TnefPropertyId.BodyHtml, _codepage);
        int end = bytes.Length;
        while (end > 0 && bytes[end - 1] == 0)
            end--;
        var declared = _properties.GetInt32(TnefPropertyId.InternetCodepage) is { } codepage ? CodepageOf(codepage) : _oemCodepage;

        // Some gateways rewrite the text and not what it says of itself.
        if (declared?.CodePage == Encoding.UTF8.CodePage && !System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, end)))
            declared = _oemCodepage;
        return TextDecoder.Decode(declared, bytes.AsSpan(0, end), ParserOptions.Default, isHtml: true, out _);
    }

    private static Encoding? CodepageOf(int codepage) => codepage > 0 ? CharsetUtils.FromCodePage(codepage) : null;

    private static MimeEntity Assemble(List<MimeEntity> bodies, List<MimeEntity> files)
    {
        MimeEntity? text = null;
        if (bodies.Count == 1)
        {
            text = bodies[0];
        }
        else if (bodies.Count > 1)
        {
            var alternative = new MultipartAlternative();
            foreach (var body in bodies)
                alternative.Add(body);
            text = alternative;
        }

        if (files.Count == 0)
            return text ?? new TextPart(TextFormat.Plain) { Text = "" };
        var mixed = new Multipart("mixed");
        if (text is not null)
            mixed.Add(text);
        foreach (var file in files)
            mixed.Add(file);
        return mixed;
    }
}
