namespace Pipe.Tickets.Entries;

/// <summary>The text of an entry as it goes into the store: safe in a browser, never empty.</summary>
public sealed class EntryBody
{
    internal const string Nothing = "-";

    private EntryBody(BodyFormat format, string content)
    {
        Format = format;
        Content = content;
    }

    /// <summary>How <see cref="Content"/> is to be read.</summary>
    public BodyFormat Format { get; }

    /// <summary>The escaped text or the sanitised HTML; "-" when nothing is left.</summary>
    public string Content { get; }

    /// <summary>Images that were written into the HTML itself (RFC 2397), to be stored after the mail's own files.</summary>
    public IReadOnlyList<InboundAttachment> EmbeddedImages { get; private init; } = [];

    /// <summary>The Content-IDs that <see cref="Content"/> refers to.</summary>
    public IReadOnlyCollection<string> ReferencedContentIds { get; private init; } = [];

    /// <summary>Makes the body of an entry.</summary>
    public static EntryBody FromMail(MailBody body, EntryBodyOptions options) => body.Format == BodyFormat.Text
        ? new EntryBody(BodyFormat.Text, PlainText.ToStored(body.Content, options.Stranger))
        : throw new NotSupportedException("HTML");

    /// <summary>The content with each reference to a stored file replaced by the file's key.</summary>
    /// <param name="fileKeyByContentId">File keys by Content-ID, without angle brackets.</param>
    public string WithFileKeys(IReadOnlyDictionary<string, string> fileKeyByContentId)
    {
        ArgumentNullException.ThrowIfNull(fileKeyByContentId);
        return Content;
    }
}
