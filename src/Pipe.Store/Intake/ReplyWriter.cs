using Pipe.Store.Notifications;
using Pipe.Store.People;

namespace Pipe.Store.Intake;

/// <summary>Posts a message on a thread that exists.</summary>
internal sealed class ReplyWriter(
    IntakeContext context, UserDirectory users, EventLog events, Collaborators collaborators, Referrals referrals)
{
    private const string TouchThreadSql = "UPDATE $thread SET lastmessage = @now WHERE id = @thread";

    private const string TouchTicketSql = "UPDATE $ticket SET isanswered = 0, lastupdate = @now, updated = @now WHERE ticket_id = @ticket";

    private const string ReopenSql = """
        UPDATE $ticket SET status_id = @status, closed = NULL, reopened = @now, isanswered = 0, est_duedate = @estimate, isoverdue = 0,
                           duedate = @due, staff_id = @staff, lastupdate = @now, updated = @now
         WHERE ticket_id = @ticket
        """;

    private const string SubjectSql = """
        SELECT v.value FROM $form_entry f JOIN $form_entry_values v ON v.entry_id = f.id
          JOIN $form_field d ON d.id = v.field_id AND d.name = 'subject'
         WHERE f.object_type = 'T' AND f.object_id = @ticket
        """;

    private readonly EntryWriter _entries = new(context);
    private readonly Assignees _assignees = new(context.Session);

    /// <summary>Posts the message; <c>null</c> when this thread does not take it.</summary>
    public DeliveryResult? TryWrite(EntryReference reference)
    {
        var session = context.Session;
        session.Dialect.BeginWriting(session);
        if (new ThreadTargets(context).Lock(reference.ThreadId) is not { } target
            || new PosterResolver(context, users, collaborators, _assignees).Resolve(reference, target) is not { } poster)
        {
            session.Dialect.CancelWriting(session);
            return null;
        }

        if (!target.IsTask)
            referrals.Write(target.Ticket);
        if (poster.Newcomer is { } newcomer)
            collaborators.AddPoster(target.Ticket, newcomer);
        bool isStranger = poster.Role == PosterRole.Stranger;
        var content = EntryContent.Store(context, target.Ticket.ThreadId, isStranger ? context.Mail.Sender : null);
        long entryId = WriteEntry(reference, target, poster, content);
        if (poster.Role != PosterRole.Agent && !target.IsTask)
            UpdateTicket(target, poster);
        context.Answers.Write();
        context.Search.Write();
        _entries.WriteMail(entryId);
        _entries.Show(entryId, target.Ticket.ThreadId);
        if (!target.IsTask)
        {
            context.Posted = new PostedMessage(target.Ticket, entryId, content)
            {
                IsNote = poster.Role == PosterRole.Agent,
                UserId = poster.UserId,
                StaffId = poster.StaffId,
                IsPassiveMatch = reference.By == MatchedBy.StoredMessageId,
            };
        }

        return new DeliveryResult.Stored(target.Ticket.Number, poster.Role == PosterRole.Agent ? StoredAs.Note : StoredAs.Reply);
    }

    private long WriteEntry(EntryReference reference, ThreadTarget target, Poster poster, EntryContent content)
    {
        var entry = new NewEntry
        {
            Type = poster.Role == PosterRole.Agent ? 'N' : 'M',
            ThreadId = 0,
            ParentId = reference.EntryId,
            UserId = poster.UserId,
            StaffId = poster.StaffId,
            Flags = _entries.FlagsOf(content.Format) | FlagsOf(poster, target),
            Poster = PosterName(poster),
            Recipients = context.Routing.RecipientsJson,
            Content = content,
        };
        long id = _entries.Write(entry);
        if (poster.Role != PosterRole.Stranger)
            _entries.AddSearch(id, entry);
        if (target.ChildThreadId != 0)
            _entries.WriteMerge(id, target.ChildThreadId);
        return id;
    }

    private static EntryFlags FlagsOf(Poster poster, ThreadTarget target) =>
        poster.Role switch
        {
            PosterRole.Collaborator => EntryFlags.Collaborator,
            PosterRole.Stranger => EntryFlags.System,
            _ => EntryFlags.None,
        }
        | (target.ChildThreadId != 0 ? EntryFlags.Child : EntryFlags.None);

    private string PosterName(Poster poster)
    {
        if (poster.StaffId != 0 && _assignees.AgentName(poster.StaffId) is { } agent)
            return agent;
        return context.Mail.Sender is { } sender ? sender.Name.Length > 0 ? sender.Name : sender.Address : context.AuthorText;
    }

    private void UpdateTicket(ThreadTarget target, Poster poster)
    {
        var session = context.Session;
        var ticket = target.Ticket;
        session.Execute(TouchThreadSql, ("now", context.Clock.Timestamp), ("thread", ticket.ThreadId));
        bool reopens = target.Status is { IsClosed: true } && !context.Mail.IsAutoReply && !context.Mail.IsBounce;
        if (reopens)
            ticket = Reopen(target);
        else
            session.Execute(TouchTicketSql, ("now", context.Clock.Timestamp), ("ticket", ticket.Id));
        collaborators.AddAddressees(ticket, poster.UserId);
        string subject = session.Scalar(SubjectSql, ("ticket", ticket.Id)) as string ?? "";
        context.Search.AddTicket(ticket.Id, ticket.Number, subject, subject);
    }

    private TicketState Reopen(ThreadTarget target)
    {
        var ticket = target.Ticket;
        var settings = context.Settings;
        int statusId = target.Status?.ReopenStatusId is > 0 and var reopenId && settings.Status(reopenId) is { IsOpen: true }
            ? reopenId
            : settings.DefaultStatusId;
        var department = context.Catalog.Department(ticket.DeptId);
        int staffId = department is { DropsAgentOnReopen: true } ? 0 : _assignees.ForReopened(ticket, department?.Path ?? "");
        var due = ticket.IsOverdue && ticket.DueDate < context.Clock.Now ? null : ticket.DueDate;

        events.Annul("closed", ticket.ThreadId);
        context.Session.Execute(
            ReopenSql,
            ("status", statusId),
            ("now", context.Clock.Timestamp),
            ("estimate", new DueDates(context).FromNow(ticket.SlaId, ticket.DeptId)),
            ("due", due is { } time ? DatabaseClock.ToColumn(time) : null),
            ("staff", staffId),
            ("ticket", ticket.Id));
        ticket = ticket with { StatusId = statusId, StaffId = staffId };
        events.Write("reopened", ticket);
        return ticket;
    }
}
