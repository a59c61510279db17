using Pipe.Store.Intake;
using Pipe.Store.People;
using Pipe.Tickets.Threading;

namespace Pipe.Store.Explanation;

/// <summary>Looks at every key that <see cref="ThreadFinder"/> could find a thread by, also at those behind the one that decides.</summary>
internal sealed class ThreadKeys(IntakeContext context, UserDirectory users)
{
    private const int MaxKeys = 50;

    private const string FindMailSql = """
        SELECT m.thread_entry_id, e.id, e.thread_id FROM $thread_entry_email m
          LEFT JOIN $thread_entry e ON e.id = m.thread_entry_id AND e.thread_id <> 0
         WHERE m.mid = @mid ORDER BY e.created, e.id
        """;

    private const string FindOwnerOfThreadSql = """
        SELECT t.number FROM $thread th JOIN $ticket t ON t.ticket_id = th.object_id WHERE th.object_type IN ('T', 'C') AND th.id = @thread
        """;

    private const string FindEntrySql = "SELECT 1 FROM $thread_entry WHERE id = @entry AND thread_id = @thread";

    private const string FindThreadSql = "SELECT 1 FROM $thread WHERE id = @thread";

    private const string FindNumberSql = "SELECT t.user_id FROM $ticket t WHERE t.number = @number";

    private const string FindCollaboratorSql = """
        SELECT 1 FROM $ticket t JOIN $thread th ON th.object_id = t.ticket_id AND th.object_type = 'T'
          JOIN $thread_collaborator c ON c.thread_id = th.id WHERE t.number = @number AND c.user_id = @user
        """;

    public IReadOnlyList<ThreadKey> Examine()
    {
        var keys = new List<ThreadKey> { OwnMessageId() };
        string own = context.Mail.MessageId.Trim(' ', '<', '>');
        foreach (string candidate in ThreadReferences.Candidates(context.Mail))
        {
            if (candidate != own && keys.Count < MaxKeys)
                keys.Add(Reference(candidate));
        }

        if (keys.Count == 1)
            keys.Add(new ThreadKey("In-Reply-To and References", "", false, "the message refers to no other"));
        keys.Add(Subject());
        return keys;
    }

    private ThreadKey OwnMessageId()
    {
        const string Name = "Message-ID";
        string id = context.MessageId;
        if (TicketMessageId.TryDecode(id, context.Settings.SecretSalt, out _))
            return new ThreadKey(Name, id, true, "this help desk has made it: its own mail has come back");
        return Find(id) switch
        {
            { IsDenied: true } => new ThreadKey(Name, id, false, "an earlier delivery of this message was denied; this one is judged anew"),
            { Ticket: { } ticket } when context.Mail.MessageIdIsDerived => new ThreadKey(
                Name, id, true, $"a message with the same header is there already, on ticket {ticket}; it is this one if the content is the same"),
            { Ticket: { } ticket } => new ThreadKey(
                Name, id, true, $"a message with this id is there already, on ticket {ticket}; it is this one unless date or author, and the content, are others"),
            _ => new ThreadKey(Name, id, false, "the message is not there yet"),
        };
    }

    private ThreadKey Reference(string candidate)
    {
        const string Name = "reference";
        string id = $"<{candidate}>";
        if (TicketMessageId.TryDecode(candidate, context.Settings.SecretSalt, out var tag))
        {
            if (tag.ThreadId is not > 0)
                return new ThreadKey(Name, id, false, "this help desk has made it, but it names no thread");
            long thread = tag.ThreadId.Value;
            if (tag.EntryId > 0 && context.Session.Scalar(FindEntrySql, ("entry", (long)tag.EntryId), ("thread", thread)) is not null)
                return new ThreadKey(Name, id, true, $"this help desk has made and signed it, for an entry of ticket {TicketOf(thread)}");
            return context.Session.Scalar(FindThreadSql, ("thread", thread)) is not null
                ? new ThreadKey(Name, id, true, $"this help desk has made and signed it; the entry is gone, the thread of ticket {TicketOf(thread)} is there")
                : new ThreadKey(Name, id, false, "this help desk has made and signed it, but the thread it names is gone");
        }

        return (Find(id).Ticket ?? Find(candidate).Ticket ?? Find("<" + candidate).Ticket) is { } ticket
            ? new ThreadKey(Name, id, true, $"a message with this Message-ID is on ticket {ticket}")
            : new ThreadKey(Name, id, false, "no message with this Message-ID is stored, and this help desk has not signed it");
    }

    private ThreadKey Subject()
    {
        const string Name = "subject";
        if (SubjectTag.Find(context.Mail.Subject) is not { } number)
            return new ThreadKey(Name, context.Mail.Subject, false, "no ticket number (#…) stands in it");
        if (context.Session.Scalar(FindNumberSql, ("number", number)) is not { } owner)
            return new ThreadKey(Name, "#" + number, false, "there is no ticket of that number");
        if (users.Author is not { } author)
            return new ThreadKey(Name, "#" + number, false, "the ticket exists, but the sender is no known user: a number alone does not open somebody else's ticket");
        bool belongs = Convert.ToInt64(owner, System.Globalization.CultureInfo.InvariantCulture) == author.Id
            || context.Session.Scalar(FindCollaboratorSql, ("number", number), ("user", author.Id)) is not null;
        return belongs
            ? new ThreadKey(Name, "#" + number, true, $"the sender is owner or collaborator of ticket {number}")
            : new ThreadKey(Name, "#" + number, false, "the ticket exists, but the sender is neither its owner nor a collaborator");
    }

    private (bool IsDenied, string? Ticket) Find(string messageId)
    {
        using var rows = context.Session.Query(FindMailSql, ("mid", messageId));
        bool isDenied = false;
        while (rows.Read())
        {
            isDenied |= rows.Long(0) == 0;
            if (!rows.IsNull(1))
            {
                long thread = rows.Long(2);
                rows.Dispose();
                return (false, TicketOf(thread));
            }
        }

        return (isDenied, null);
    }

    private string TicketOf(long thread) => context.Session.Scalar(FindOwnerOfThreadSql, ("thread", thread)) as string ?? "(none)";
}
