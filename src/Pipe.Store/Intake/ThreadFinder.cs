using Pipe.Store.People;
using Pipe.Tickets.Threading;

namespace Pipe.Store.Intake;

/// <summary>Finds the thread that a message belongs to, by osTicket's rules in osTicket's order.</summary>
internal sealed class ThreadFinder
{
    // An entry that no thread holds is the remainder of a delivery that died: it counts as not there.
    private const string FindMessageIdsSql = """
        SELECT m.mid, m.thread_entry_id, e.id, e.thread_id
          FROM $thread_entry_email m LEFT JOIN $thread_entry e ON e.id = m.thread_entry_id AND e.thread_id <> 0
         WHERE m.mid IN (
        """;

    private const string OldestFirstSql = ") ORDER BY e.created, e.id";

    private const string FindEntrySql = "SELECT 1 FROM $thread_entry WHERE id = @entry AND thread_id = @thread";

    private const string FindThreadSql = "SELECT 1 FROM $thread WHERE id = @thread";

    // The ticket's number has no index, its owner and its collaborators have one.
    private const string FindNumberSql = """
        SELECT th.id, (SELECT MAX(e.id) FROM $thread_entry e WHERE e.thread_id = th.id AND e.type = 'M' AND e.flags & 4 = 0)
          FROM $ticket t JOIN $thread th ON th.object_id = t.ticket_id AND th.object_type = 'T'
         WHERE t.user_id = @user AND t.number = @number
        UNION ALL
        SELECT th.id, (SELECT MAX(e.id) FROM $thread_entry e WHERE e.thread_id = th.id AND e.type = 'M' AND e.flags & 4 = 0)
          FROM $thread_collaborator c JOIN $thread th ON th.id = c.thread_id AND th.object_type = 'T'
          JOIN $ticket t ON t.ticket_id = th.object_id
         WHERE c.user_id = @user AND t.number = @number
        """;

    private const int MaxBareIds = 20;

    private readonly IntakeContext _context;
    private readonly UserDirectory _users;
    private readonly IReadOnlyList<string> _candidates;
    private EntryReference? _passive;

    public ThreadFinder(IntakeContext context, UserDirectory users)
    {
        _context = context;
        _users = users;
        _candidates = ThreadReferences.Candidates(context.Mail);
    }

    /// <summary>Whether an earlier delivery of the message was denied.</summary>
    public bool WasDenied { get; private set; }

    /// <summary>Whether the message's own Message-ID was found in other letters only (upper case, accents), as tables compare.</summary>
    public bool IsInOtherLetters { get; private set; }

    /// <summary>Whether the message carries a Message-ID that this help desk made: its own mail has come back.</summary>
    public bool IsOwnMail => TicketMessageId.TryDecode(_context.Mail.MessageId, _context.Settings.SecretSalt, out _);

    /// <summary>The entry that the message answers or repeats, or <c>null</c>.</summary>
    public EntryReference? FindEntry() => FindByMessageIds() ?? FindOtherEntry();

    /// <summary>The entry that the message answers, or <c>null</c>; <see cref="FindEntry"/> comes first.</summary>
    public EntryReference? FindOtherEntry() => FindSigned() ?? _passive ?? FindBySubject();

    /// <summary>The thread that a Message-ID of ours names, whatever has become of the entry; or <c>null</c>.</summary>
    public EntryReference? FindThread()
    {
        foreach (string candidate in _candidates)
        {
            if (TicketMessageId.TryDecode(candidate, _context.Settings.SecretSalt, out var tag) && tag.ThreadId is > 0 and var thread
                && _context.Session.Scalar(FindThreadSql, ("thread", (long)thread)) is not null)
                return new EntryReference(MatchedBy.SignedThread, 0, thread, tag);
        }

        return null;
    }

    // The message itself wins over all it refers to; of those, the oldest entry is kept for later, one with an id of the very same letters
    // before all others.
    private EntryReference? FindByMessageIds()
    {
        var messageIds = new List<string> { _context.MessageId };
        foreach (string candidate in _candidates)
            messageIds.Add(Column.Cut($"<{candidate}>", Column.MessageIdLength));
        for (int i = 0; i < Math.Min(_candidates.Count, MaxBareIds); i++)
        {
            // As it was stored for a sender who leaves out the angle brackets, or the last of them.
            messageIds.Add(_candidates[i]);
            messageIds.Add("<" + _candidates[i]);
        }

        var spelled = new HashSet<string>(messageIds, StringComparer.Ordinal);
        EntryReference? own = null;
        EntryReference? ownInOtherLetters = null;
        EntryReference? passiveInOtherLetters = null;
        using var rows = _context.Session.Query(
            FindMessageIdsSql + SqlList.Names("m", messageIds.Count) + OldestFirstSql, SqlList.Arguments("m", messageIds));
        while (rows.Read())
        {
            string id = rows.Text(0).TrimEnd();
            bool isOwn = string.Equals(id, _context.MessageId.TrimEnd(), StringComparison.OrdinalIgnoreCase);
            bool isSpelledSo = isOwn ? id == _context.MessageId.TrimEnd() : spelled.Contains(id);
            if (isOwn && rows.Long(1) == 0)
                WasDenied |= isSpelledSo;
            else if (rows.IsNull(2))
                continue;
            else if (isOwn && isSpelledSo)
                own ??= new EntryReference(MatchedBy.OwnMessageId, rows.Long(2), rows.Long(3));
            else if (isOwn)
                ownInOtherLetters ??= new EntryReference(MatchedBy.OwnMessageId, rows.Long(2), rows.Long(3));
            else if (isSpelledSo)
                _passive ??= new EntryReference(MatchedBy.StoredMessageId, rows.Long(2), rows.Long(3));
            else
                passiveInOtherLetters ??= new EntryReference(MatchedBy.StoredMessageId, rows.Long(2), rows.Long(3));
        }

        _passive ??= passiveInOtherLetters;
        IsInOtherLetters = own is null && ownInOtherLetters is not null;
        return own ?? ownInOtherLetters;
    }

    private EntryReference? FindSigned()
    {
        foreach (string candidate in _candidates)
        {
            if (TicketMessageId.TryDecode(candidate, _context.Settings.SecretSalt, out var tag)
                && tag.EntryId > 0 && tag.ThreadId is > 0 and var thread
                && _context.Session.Scalar(FindEntrySql, ("entry", (long)tag.EntryId), ("thread", (long)thread)) is not null)
                return new EntryReference(MatchedBy.SignedMessageId, tag.EntryId, thread, tag);
        }

        return null;
    }

    private EntryReference? FindBySubject()
    {
        if (SubjectTag.Find(_context.Mail.Subject) is not { } number || _users.Author is not { } author)
            return null;
        using var rows = _context.Session.Query(FindNumberSql, ("user", author.Id), ("number", number));
        while (rows.Read())
        {
            if (!rows.IsNull(1))
                return new EntryReference(MatchedBy.SubjectTag, rows.Long(1), rows.Long(0));
        }

        return null;
    }
}
