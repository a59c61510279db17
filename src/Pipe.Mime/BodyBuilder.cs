using Pipe.Mime.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Builds the usual bodies: text, HTML with its pictures, attachments.</summary>
public class BodyBuilder
{
    /// <summary>The files.</summary>
    public AttachmentCollection Attachments { get; } = [];

    /// <summary>The files that the HTML refers to.</summary>
    public AttachmentCollection LinkedResources { get; } = new(true);

    /// <summary>The plain text, or <c>null</c>.</summary>
    public string? TextBody { get; set; }

    /// <summary>The HTML, or <c>null</c>.</summary>
    public string? HtmlBody { get; set; }

    /// <summary>Makes the body.</summary>
    public MimeEntity ToMessageBody()
    {
        MimeEntity? body = TextBody is null ? null : new TextPart(TextFormat.Plain) { Text = TextBody };
        if (HtmlBody is not null)
        {
            MimeEntity html = new TextPart(TextFormat.Html) { Text = HtmlBody };
            if (LinkedResources.Count > 0)
                html = Relate(html);
            body = body is null ? html : new MultipartAlternative(body, html);
        }

        if (Attachments.Count == 0 && body is not null)
            return body;

        if (body is null && Attachments.Count == 0)
            return new TextPart(TextFormat.Plain) { Text = "" };

        var mixed = new Multipart("mixed");
        if (body is not null)
            mixed.Add(body);
        foreach (var attachment in Attachments)
            mixed.Add(attachment);
        return mixed.Count == 1 && body is null ? mixed[0] : mixed;
    }

    private MultipartRelated Relate(MimeEntity html)
    {
        var related = new MultipartRelated { Root = html };
        foreach (var resource in LinkedResources)
        {
            resource.ContentId ??= MimeUtils.GenerateMessageId();
            related.Add(resource);
        }

        return related;
    }
}
