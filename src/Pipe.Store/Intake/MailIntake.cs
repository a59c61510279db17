using System.Globalization;
using Pipe.Store.People;
using Pipe.Tickets.People;

namespace Pipe.Store.Intake;

/// <summary>Decides what becomes of a message: a repetition, an answer, a new ticket, or nothing.</summary>
internal sealed class MailIntake
{
    private const string FindDuplicateSql = """
        SELECT t.number, t.status_id, t.ticket_id, t.dept_id, t.email_id, t.topic_id, t.staff_id, t.team_id, t.user_id, t.sla_id,
               e.flags, e.format, e.body
          FROM $thread th JOIN $ticket t ON t.ticket_id = th.object_id LEFT JOIN $thread_entry e ON e.id = @entry
         WHERE th.object_type IN ('T', 'C') AND th.id = @thread
        """;

    private const string TaskNumberSql = """
        SELECT k.number FROM $thread th JOIN $task k ON k.id = th.object_id WHERE th.object_type = 'A' AND th.id = @thread
        """;

    private const string CompleteTicketSql = "UPDATE $ticket SET status_id = @status WHERE ticket_id = @ticket AND status_id = 0";

    private const string OpenTicketsSql = """
        SELECT COUNT(*) FROM $ticket t JOIN $ticket_status s ON s.id = t.status_id AND s.state = 'open' WHERE t.user_id = @user
        """;

    private const string SharedTicketsSql = """
        SELECT COUNT(*) FROM $thread_collaborator c JOIN $thread th ON th.id = c.thread_id AND th.object_type = 'T'
          JOIN $ticket t ON t.ticket_id = th.object_id AND t.user_id <> @user
          JOIN $ticket_status s ON s.id = t.status_id AND s.state = 'open' WHERE c.user_id = @user
        """;

    private readonly IntakeContext _context;
    private readonly OrganizationDirectory _organizations;
    private readonly UserDirectory _users;
    private readonly EventLog _events;
    private readonly Collaborators _collaborators;
    private readonly Referrals _referrals;
    private readonly Refusals _refusals;

    public MailIntake(IntakeContext context)
    {
        _context = context;
        _organizations = new OrganizationDirectory(context);
        _users = new UserDirectory(context, _organizations);
        _events = new EventLog(context);
        _collaborators = new Collaborators(context, _users, _events);
        _referrals = new Referrals(context, _events);
        _refusals = new Refusals(context);
    }

    public DeliveryResult Run()
    {
        var finder = new ThreadFinder(_context, _users);
        var reference = finder.FindEntry();
        if (reference is { By: MatchedBy.OwnMessageId } && finder.IsInOtherLetters && !IsEqual(reference))
            reference = finder.FindOtherEntry();
        if (_context.Mail.MessageIdIsDerived ? IsTakenByAnother(reference) : IsUsedAgain(reference))
        {
            _context.IdentifyByContent();
            finder = new ThreadFinder(_context, _users);
            reference = finder.FindEntry();
        }

        if (reference is { By: MatchedBy.OwnMessageId })
            return AlreadyThere(reference);
        if (reference is not null && finder.IsOwnMail)
            return _refusals.StopLoop();

        var replies = new ReplyWriter(_context, _users, _events, _collaborators, _referrals);
        return (reference is null ? null : replies.TryWrite(reference))
            ?? (finder.FindThread() is { } thread ? replies.TryWrite(thread) : null)
            ?? OpenTicket(finder.WasDenied);
    }

    // A Message-ID in other letters is another one (RFC 5322 section 3.6.4), while tables compare without regard to them. Of a mail that
    // is the same in all it says somebody on the way has changed the letters.
    private bool IsEqual(EntryReference reference)
    {
        var comparison = new EntryComparison(_context);
        return comparison.HasSameSubject(reference.EntryId) && comparison.IsOf(reference.EntryId);
    }

    // Machines send mails whose headers are alike to the last byte.
    private bool IsTakenByAnother(EntryReference? reference) =>
        reference is { By: MatchedBy.OwnMessageId } && !new EntryComparison(_context).IsOf(reference.EntryId);

    // Devices send each of their mails with the same Message-ID, and anybody may use a customer's again to have the customer's own mail
    // taken for a repetition. What lists and relays do to a mail that comes twice leaves its Date and author alone, and a Date that each
    // relay had to add leaves the content alone: only with another content is it another mail.
    private bool IsUsedAgain(EntryReference? reference)
    {
        if (reference is not { By: MatchedBy.OwnMessageId })
            return false;
        var comparison = new EntryComparison(_context);
        return comparison.IsOfAnotherDateOrAuthor(reference.EntryId) && !comparison.IsOf(reference.EntryId);
    }

    // The first delivery may have gone to another of our mailboxes, whose department is to see the ticket too.
    private DeliveryResult.Stored AlreadyThere(EntryReference reference)
    {
        var session = _context.Session;
        using (var rows = session.Query(FindDuplicateSql, ("thread", reference.ThreadId), ("entry", reference.EntryId)))
        {
            if (rows.Read())
            {
                var ticket = new TicketState
                {
                    ThreadId = reference.ThreadId,
                    Number = rows.Text(0),
                    StatusId = rows.Int(1),
                    Id = rows.Long(2),
                    DeptId = rows.Int(3),
                    EmailId = rows.Int(4),
                    TopicId = rows.Int(5),
                    StaffId = rows.Int(6),
                    TeamId = rows.Int(7),
                    UserId = rows.Long(8),
                    SlaId = rows.Int(9),
                };
                // Lists add to the text, and a Message-ID that is used again counts all the same, as in osTicket.
                if (new EntryComparison(_context).HasOtherText((EntryFlags)rows.Int(10), rows.Text(11), rows.Text(12)))
                    _context.Trace.Warn("a message with this Message-ID and another text is there already; this one is not stored");
                rows.Dispose();
                return Complete(ticket);
            }
        }

        return new DeliveryResult.Stored(session.Scalar(TaskNumberSql, ("thread", reference.ThreadId)) as string ?? "", StoredAs.Duplicate);
    }

    // A delivery that died before its last statement, in tables without transactions, left the ticket without a status.
    private DeliveryResult.Stored Complete(TicketState ticket)
    {
        var session = _context.Session;
        if (ticket.StatusId == 0 || _referrals.AreNeeded(ticket))
        {
            session.Dialect.BeginWriting(session);
            _referrals.Write(ticket);
            session.Execute(CompleteTicketSql, ("status", _context.Settings.DefaultStatusId), ("ticket", ticket.Id));
        }

        return new DeliveryResult.Stored(ticket.Number, StoredAs.Duplicate);
    }

    // A denial lasts as long as its cause, so each try of the message is judged anew.
    private DeliveryResult OpenTicket(bool wasDenied)
    {
        if (_context.Sender is null && _context.Mail.IsNoMail)
            return _refusals.DenyNobody();

        var filters = new FilterRun(_context, _users).Run(_context.Sender ?? StandIn());
        string address = filters.User?.DefaultAddress ?? filters.Owner.Address;
        bool isUnknown = UnknownSender.Is(address);
        if (filters.RejectedBy is { } filter)
        {
            DeliveryResult denied = _refusals.Deny(address, $"by filter \"{filter}\"", wasDenied);
            if (filters.User is not null && !wasDenied)
                _users.EnsureContactForm(filters.User);
            _context.Answers.Write();
            return denied;
        }

        if ((filters.User is null || isUnknown) && !_context.Settings.IsOn("accept_unregistered_email", missing: true)
            && _organizations.FindByDomain(filters.Owner.Address) is null)
            return _refusals.Deny(address, "(unregistered client)", wasDenied);

        // Those whom nobody knows are many.
        int limit = isUnknown ? 0 : _context.Settings.Number("max_open_tickets");
        long open = limit > 0 && filters.User is { } user ? CountOpen(user.Id) : 0;
        if (limit > 0 && open >= limit)
            return _refusals.DenyOverLimit(address, limit);

        var result = new NewTicketWriter(_context, _users, _organizations, _events, _collaborators, _referrals).Write(filters);
        if (limit > 0 && open + 1 == limit)
        {
            _refusals.NoteLimitReached(address, limit);
            _context.Posted = _context.Posted is { } posted ? posted with { LimitReached = limit } : null;
        }

        return result;
    }

    // What the mail says is for the agents to see, whoever wrote it. Only its owner is nobody who could be answered.
    private Correspondent StandIn()
    {
        _context.Trace.Warn("neither the header nor the envelope names a sender who could own the ticket; a stand-in does");
        _context.Trace.Owner = UnknownSender.Address;
        return UnknownSender.Author;
    }

    private long CountOpen(long userId)
    {
        long open = Count(OpenTicketsSql, userId);
        return _context.Settings.IsOn("collaborator_ticket_visibility") ? open + Count(SharedTicketsSql, userId) : open;
    }

    private long Count(string sql, long userId) =>
        Convert.ToInt64(_context.Session.Scalar(sql, ("user", userId)), CultureInfo.InvariantCulture);
}
