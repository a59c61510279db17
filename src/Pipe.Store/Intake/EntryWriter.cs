using Pipe.Store.Files;
using Pipe.Tickets.Entries;

namespace Pipe.Store.Intake;

/// <summary>Writes thread entries.</summary>
internal sealed class EntryWriter(IntakeContext context)
{
    private const string InsertEntrySql = """
        INSERT INTO $thread_entry (pid, thread_id, staff_id, user_id, type, flags, poster, source, title, body, format, ip_address, recipients, created)
        VALUES (@parent, @thread, @staff, @user, @type, @flags, @poster, @source, @title, @body, @format, '', @recipients, @now)
        """;

    private const string AttachSql = " INTO $attachment (object_id, type, file_id, name, inline) VALUES (@entry, 'H', @file, @name, @inline)";

    private const string InsertMailSql = """
        INSERT INTO $thread_entry_email (thread_entry_id, mid, headers) VALUES (@entry, @mid, @headers)
        """;

    private const string InsertMergeSql = "INSERT INTO $thread_entry_merge (thread_entry_id, data) VALUES (@entry, @data)";

    private const string ShowSql = "UPDATE $thread_entry SET thread_id = @thread WHERE id = @entry";

    /// <summary>The bits of the flags that follow from the message alone.</summary>
    public EntryFlags FlagsOf(BodyFormat format) =>
        (context.Routing.RecipientCount > 1 ? EntryFlags.ReplyAll : EntryFlags.ReplyUser)
        | (format == BodyFormat.Html ? EntryFlags.Balanced : EntryFlags.None);

    /// <summary>Writes an entry with its attachments.</summary>
    public long Write(NewEntry entry)
    {
        var session = context.Session;
        long id = session.Insert(
            InsertEntrySql,
            ("parent", entry.ParentId),
            ("thread", entry.ThreadId),
            ("staff", entry.StaffId),
            ("user", entry.UserId),
            ("type", entry.Type.ToString()),
            ("flags", (int)entry.Flags),
            ("poster", entry.Poster),
            ("source", entry.Source),
            ("title", entry.Title),
            ("body", entry.Content.Column),
            ("format", entry.Content.Format == BodyFormat.Html ? "html" : "text"),
            ("recipients", entry.Recipients),
            ("now", context.Clock.Timestamp));
        foreach (var (file, name, inline) in entry.Content.Attachments)
        {
            bool isNamedAlike = string.Equals(name, file.Name, StringComparison.OrdinalIgnoreCase);
            string? ownName = isNamedAlike ? null : name;
            // Another object of the same id, such as a template, may hold the same file; the table allows that once.
            if (Attach(id, file.Id, ownName, inline) == 0)
                Attach(id, FileStore.Copy(context, file.Id), ownName, inline);
        }

        return id;
    }

    private int Attach(long entryId, long fileId, string? name, bool inline) => context.Session.Execute(
        context.Session.Dialect.InsertIfAbsent + AttachSql, ("entry", entryId), ("file", fileId), ("name", name), ("inline", inline ? 1 : 0));

    /// <summary>Makes an entry of the message findable.</summary>
    public void AddSearch(long entryId, NewEntry entry) =>
        context.Search.AddEntry(entryId, entry.Title, SearchText.OfEntry(entry.Content.Format, entry.Content.Body));

    /// <summary>Writes the Message-ID by which a repetition and answers are recognised. The last row but one: see <see cref="Show"/>.</summary>
    public void WriteMail(long entryId) => context.Session.Execute(
        InsertMailSql, ("entry", entryId), ("mid", context.MessageId), ("headers", context.Mail.Header.Trim()));

    /// <summary>Remembers that the entry was meant for a ticket that has been merged into this one.</summary>
    public void WriteMerge(long entryId, long childThreadId) =>
        context.Session.Execute(InsertMergeSql, ("entry", entryId), ("data", $"{{\"thread\":{childThreadId}}}"));

    /// <summary>Lets an entry appear in its thread.</summary>
    /// <remarks>
    /// Everything else is there by then. Where tables know no transactions (MyISAM), a delivery that dies before this leaves
    /// nothing that anybody sees or that stops the next delivery of the message.
    /// </remarks>
    public void Show(long entryId, long threadId) => context.Session.Execute(ShowSql, ("entry", entryId), ("thread", threadId));
}
