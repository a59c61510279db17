using System.Text;
using Pipe.Store.Files;
using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>The body of an entry with its files, which are stored by then.</summary>
internal sealed class EntryContent
{
    private const int MaxBodyChars = 65_000;
    private const int MaxBodyBytes = 65_535;
    private const int FileKeyLength = 32;
    private const int MaxQuotedFiles = 100;

    // A file key in a body attaches the file again, as quoted answers do; but only a file this thread has shown already.
    private const string FindQuotedFileSql = """
        SELECT f.id, f.`key`, f.name FROM $file f WHERE f.`key` = @key AND EXISTS (
          SELECT 1 FROM $attachment a JOIN $thread_entry e ON e.id = a.object_id
           WHERE a.file_id = f.id AND a.type = 'H' AND e.thread_id = @thread)
        """;

    private readonly List<EntryAttachment> _attachments = [];

    private EntryContent(BodyFormat format, string body)
    {
        Format = format;
        Body = body;
    }

    public BodyFormat Format { get; }

    /// <summary>The body with all references to files resolved.</summary>
    public string Body { get; private set; }

    /// <summary>What goes into the column: nothing where the body is kept as a file.</summary>
    public string Column { get; private set; } = "";

    public IReadOnlyList<EntryAttachment> Attachments => _attachments;

    /// <summary>Stores the files of a message and makes the body that refers to them.</summary>
    /// <param name="context">The message.</param>
    /// <param name="threadId">The thread that is answered; 0 for a new ticket.</param>
    /// <param name="stranger">Who is to be named in the body, because nobody on the ticket wrote it; else <c>null</c>.</param>
    public static EntryContent Store(IntakeContext context, long threadId, Correspondent? stranger) =>
        Make(context, threadId, stranger, new FileStore(context));

    /// <summary>Makes the body of a message, with its files wherever <paramref name="files"/> has them.</summary>
    public static EntryContent Make(IntakeContext context, long threadId, Correspondent? stranger, IFileStore files)
    {
        var body = EntryBody.FromMail(
            context.Mail.Body, new EntryBodyOptions { IframeHosts = context.Settings.IframeHosts, Stranger = stranger });
        var content = new EntryContent(body.Format, body.Content);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var attachment in context.Mail.Attachments)
        {
            bool isReferenced = attachment.ContentId is { } id && Refers(body, id);
            if (!isReferenced && attachment.ContentId is { } stripped && context.Mail.StrippedContentIds.Contains(stripped))
                continue;
            content.Add(files.Store(attachment), attachment, isReferenced, keys);
        }

        foreach (var image in body.EmbeddedImages)
            content.Add(files.Store(image), image, inline: true, keys);

        content.Body = body.WithFileKeys(keys);
        if (threadId != 0 && body.Format == BodyFormat.Html)
            content.AttachQuotedFiles(context.Session, threadId, body.ReferencedContentIds, keys);
        content.FitColumn(files);
        context.Trace.Attachments = context.Mail.Attachments.Count;
        return content;
    }

    /// <summary>A body that is stored as it is.</summary>
    public static EntryContent Of(BodyFormat format, string body, IReadOnlyList<EntryAttachment> attachments)
    {
        var content = new EntryContent(format, body) { Column = body };
        content._attachments.AddRange(attachments);
        return content;
    }

    // Some programs write "[cid:...]" into the text where the image was.
    private static bool Refers(EntryBody body, string contentId) => body.Format == BodyFormat.Text
        ? body.Content.Contains("cid:" + contentId, StringComparison.Ordinal)
        : body.ReferencedContentIds.Contains(contentId, StringComparer.OrdinalIgnoreCase);

    // The same file twice in a mail is one attachment, under its last name.
    private void Add(StoredFile file, InboundAttachment attachment, bool inline, Dictionary<string, string> keys)
    {
        if (attachment.ContentId is { } contentId)
            keys[contentId] = file.Key;
        int known = _attachments.FindIndex(other => other.File.Id == file.Id);
        if (known >= 0)
            _attachments[known] = new EntryAttachment(file, attachment.Name, inline || _attachments[known].Inline);
        else
            _attachments.Add(new EntryAttachment(file, attachment.Name, inline));
    }

    private void AttachQuotedFiles(
        StoreSession session, long threadId, IReadOnlyCollection<string> referenced, Dictionary<string, string> ownKeys)
    {
        int left = MaxQuotedFiles;
        foreach (string key in referenced)
        {
            if (key.Length != FileKeyLength || ownKeys.ContainsKey(key) || left-- == 0)
                continue;
            using var rows = session.Query(FindQuotedFileSql, ("key", key), ("thread", threadId));
            if (rows.Read())
                _attachments.Add(new EntryAttachment(new StoredFile(rows.Long(0), rows.Text(1), rows.Text(2)), rows.Text(2), Inline: true));
        }
    }

    private void FitColumn(IFileStore files)
    {
        if (Body.Length < MaxBodyChars && Encoding.UTF8.GetByteCount(Body) <= MaxBodyBytes)
        {
            Column = Body;
            return;
        }

        var file = new TextFile(Body)
        {
            Name = Convert.ToHexStringLower(Digests.Md5(Encoding.UTF8.GetBytes(Body))) + ".txt",
            MediaType = "text/html",
        };
        _attachments.Add(new EntryAttachment(files.Store(file), file.Name, Inline: true));
    }
}
