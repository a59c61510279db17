using System.Text;
using Pipe.Tickets.Entries.Html;

namespace Pipe.Tickets.Entries;

/// <summary>The text of an entry as it goes into the store: safe in a browser, never empty.</summary>
public sealed class EntryBody
{
    internal const string Nothing = "-";

    private readonly IReadOnlyList<FileReference> _references;

    private EntryBody(BodyFormat format, string content, SanitizedHtml? html = null)
    {
        Format = format;
        Content = content;
        _references = html?.References ?? [];
        EmbeddedImages = html?.EmbeddedImages ?? [];
        ReferencedContentIds = [.. _references.Select(reference => reference.ContentId).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How <see cref="Content"/> is to be read.</summary>
    public BodyFormat Format { get; }

    /// <summary>The escaped text or the sanitised HTML; "-" when nothing is left. May hold characters beyond U+FFFF.</summary>
    public string Content { get; }

    /// <summary>Images that were written into the HTML itself (RFC 2397), to be stored after the mail's own files.</summary>
    public IReadOnlyList<InboundAttachment> EmbeddedImages { get; }

    /// <summary>The Content-IDs, or file keys, that images in <see cref="Content"/> refer to; each once, in order.</summary>
    public IReadOnlyList<string> ReferencedContentIds { get; }

    /// <summary>Makes the body of an entry.</summary>
    /// <remarks>HTML that is built to exhaust whoever parses it is stored as the text between its tags.</remarks>
    public static EntryBody FromMail(MailBody body, EntryBodyOptions options)
    {
        if (body.Format == BodyFormat.Text)
            return new(BodyFormat.Text, PlainText.ToStored(body.Content, options.Stranger));

        string banner = options.Stranger is { } stranger
            ? $"<div>Received From: {PlainText.Escape(stranger.Name)} &lt;{PlainText.Escape(stranger.Address)}&gt; <br /> <br /> <br /><br /></div>"
            : "";
        if (banner.Length == 0 && body.Content.AsSpan().Trim(" \t\r\n<>br/").IsEmpty)
            return new(BodyFormat.Html, Nothing);

        if (HtmlSanitizer.Sanitize(banner + body.Content, options) is { } html)
            return new(BodyFormat.Html, html.Html.Length == 0 ? Nothing : html.Html, html);

        string text = PlainLine.DecodeEntities(TagStripper.Strip(body.Content, dropScripts: true));
        return new(BodyFormat.Text, PlainText.ToStored(text, options.Stranger));
    }

    /// <summary>Whether the body mentions a file by its Content-ID, so that the file counts as inline.</summary>
    public bool Mentions(string contentId) =>
        ReferencedContentIds.Contains(contentId, StringComparer.Ordinal)
        || Content.Contains("cid:" + contentId, StringComparison.Ordinal);

    /// <summary>The content with each reference to a stored file replaced by the file's key.</summary>
    /// <param name="fileKeyByContentId">File keys by Content-ID, without angle brackets. References to anything else stay.</param>
    public string WithFileKeys(IReadOnlyDictionary<string, string> fileKeyByContentId)
    {
        if (_references.Count == 0 || fileKeyByContentId.Count == 0)
            return Content;

        var keys = new Dictionary<string, string>(fileKeyByContentId.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (contentId, key) in fileKeyByContentId)
            keys[contentId] = key;

        var content = new StringBuilder(Content.Length + 64);
        int copied = 0;
        foreach (var reference in _references)
        {
            if (!fileKeyByContentId.TryGetValue(reference.ContentId, out string? key) && !keys.TryGetValue(reference.ContentId, out key))
                continue;

            content.Append(Content, copied, reference.Offset - copied).Append("cid:").Append(key);
            copied = reference.Offset + reference.Length;
        }

        return content.Append(Content, copied, Content.Length - copied).ToString();
    }
}
