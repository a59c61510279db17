using System.Text;
using Pipe.Store.Files;
using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>Tells whether an entry was made of this message, by what it says and the files it has.</summary>
internal sealed class EntryComparison(IntakeContext context)
{
    private const string DateField = "Date:";

    private const string HeadersSql = "SELECT headers FROM $thread_entry_email WHERE thread_entry_id = @entry";

    private const string EntrySql = "SELECT thread_id, flags, body FROM $thread_entry WHERE id = @entry";

    public bool IsOf(long entryId)
    {
        var session = context.Session;
        long threadId;
        EntryFlags flags;
        string body;
        using (var rows = session.Query(EntrySql, ("entry", entryId)))
        {
            if (!rows.Read())
                return false;
            threadId = rows.Long(0);
            flags = (EntryFlags)rows.Int(1);
            body = rows.Text(2);
        }

        var files = new KnownFiles(context, entryId);
        var content = EntryContent.Make(
            context,
            flags.HasFlag(EntryFlags.OriginalMessage) ? 0 : threadId,
            flags.HasFlag(EntryFlags.System) ? context.Mail.Sender : null,
            files);
        return !files.HasMissed && files.Count == content.Attachments.Count && Stored(content.Column) == body;
    }

    /// <summary>Whether entry and message name different times of writing, or nobody who has written both.</summary>
    /// <remarks>A list that puts itself into From leaves the author in another field.</remarks>
    public bool IsOfAnotherDateOrAuthor(long entryId)
    {
        if (context.Session.Scalar(HeadersSql, ("entry", entryId)) is not string stored)
            return false;
        if (DateOf(stored) is { } date && DateOf(context.Mail.Header) is { } ownDate && date != ownDate)
            return true;
        var authors = InboundMailReader.AuthorsOf(stored);
        var ownAuthors = InboundMailReader.AuthorsOf(context.Mail.Header);
        return authors.Count > 0 && ownAuthors.Count > 0 && !authors.Overlaps(ownAuthors);
    }

    /// <summary>Whether entry and message have the same subject, as far as that is known.</summary>
    public bool HasSameSubject(long entryId) => context.Session.Scalar(HeadersSql, ("entry", entryId)) is not string stored
        || InboundMailReader.SubjectOf(stored) == InboundMailReader.SubjectOf(context.Mail.Header);

    private static string? DateOf(string? header)
    {
        foreach (var line in header.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(DateField, StringComparison.OrdinalIgnoreCase))
                return line[DateField.Length..].Trim().ToString();
        }

        return null;
    }

    /// <summary>Whether the text of an entry is certainly another one than the message's.</summary>
    public bool HasOtherText(EntryFlags flags, string format, string body)
    {
        var options = new EntryBodyOptions
        {
            IframeHosts = context.Settings.IframeHosts,
            Stranger = flags.HasFlag(EntryFlags.System) ? context.Mail.Sender : null,
        };
        // A long text is kept as a file, and a text that shows files holds their keys.
        if (body.Length == 0 || (context.Mail.Body.Format == BodyFormat.Html) != (format == "html"))
            return false;
        var own = EntryBody.FromMail(context.Mail.Body, options);
        return own.ReferencedContentIds.Count == 0 && own.EmbeddedImages.Count == 0 && Stored(own.Content) != body;
    }

    // What no encoding can carry has become something else on its way through the database.
    private string Stored(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(context.Session.Dialect.Storable(text)));
}
