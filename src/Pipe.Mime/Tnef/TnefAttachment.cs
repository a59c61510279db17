using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime.Tnef;

/// <summary>A file in a TNEF stream, as its attributes tell of it one by one.</summary>
internal sealed class TnefAttachment
{
    private const int EmbeddedMessage = 5;
    private const int RenderedInBody = 4;
    private const int InterfaceIdBytes = 16;

    public string? Title { get; set; }

    public string? TransportFilename { get; set; }

    public byte[]? Data { get; set; }

    public TnefProperties? Properties { get; set; }

    /// <summary>Makes the entity, or <c>null</c> where there is nothing in the file.</summary>
    public MimeEntity? ToEntity(Encoding codepage, int depth)
    {
        var properties = Properties;
        byte[]? content = Data ?? properties?.GetBytes(TnefPropertyId.AttachData);
        if (content is null)
            return null;

        if (properties?.GetInt32(TnefPropertyId.AttachMethod) == EmbeddedMessage && ToMessage(content, properties, codepage, depth) is { } message)
            return message;

        string name = Text(properties, TnefPropertyId.AttachLongFilename, codepage)
            ?? Text(properties, TnefPropertyId.AttachFilename, codepage)
            ?? Clean(TransportFilename)
            ?? Clean(Title)
            ?? Text(properties, TnefPropertyId.DisplayName, codepage)
            ?? "untitled";
        var part = Create(properties, codepage, name);
        part.Content = new MimeContent(new MemoryStream(content, false));
        part.ContentTransferEncoding = ContentEncoding.Base64;
        string? contentId = Text(properties, TnefPropertyId.AttachContentId, codepage);
        if (contentId is not null)
            part.ContentId = MimeUtils.ParseMessageId(contentId);
        if (Text(properties, TnefPropertyId.AttachContentLocation, codepage) is { } location
            && Uri.TryCreate(location, UriKind.RelativeOrAbsolute, out var uri))
        {
            part.ContentLocation = uri;
        }

        bool isInline = (contentId is not null && ((properties?.GetInt32(TnefPropertyId.AttachFlags) ?? 0) & RenderedInBody) != 0)
            || "inline".Equals(Text(properties, TnefPropertyId.AttachDisposition, codepage), StringComparison.OrdinalIgnoreCase);
        part.ContentDisposition = new ContentDisposition(isInline ? ContentDisposition.Inline : ContentDisposition.Attachment);
        part.FileName = name;
        return part;
    }

    private static MessagePart? ToMessage(byte[] content, TnefProperties properties, Encoding codepage, int depth)
    {
        // The object begins with the identifier of its interface; the stream of the message follows.
        var stream = content.AsSpan();
        if (stream.Length > InterfaceIdBytes && !TnefMessageReader.IsTnef(stream))
            stream = stream[InterfaceIdBytes..];
        if (depth >= TnefMessageReader.MaxDepth || !TnefMessageReader.IsTnef(stream))
            return null;
        var message = TnefMessageReader.Read(stream, depth + 1);
        return new MessagePart("rfc822", message)
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment)
            {
                FileName = Text(properties, TnefPropertyId.DisplayName, codepage) ?? message.Subject,
            },
        };
    }

    private static MimePart Create(TnefProperties? properties, Encoding codepage, string name)
    {
        string? tag = Text(properties, TnefPropertyId.AttachMimeTag, codepage);
        if (tag is null || !ContentType.TryParse(tag, out var type) || type.IsMimeType("multipart", "*") || type.IsMimeType("message", "rfc822"))
            type = ContentType.Parse(MimeTypes.GetMimeType(name));
        return type.IsMimeType("text", "*") ? new TextPart(type.MediaSubtype) : new MimePart(type);
    }

    private static string? Text(TnefProperties? properties, TnefPropertyId id, Encoding codepage) =>
        Clean(properties?.GetString(id, codepage));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
