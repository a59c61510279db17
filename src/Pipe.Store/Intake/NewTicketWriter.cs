using System.Globalization;
using Pipe.Store.Notifications;
using Pipe.Store.People;
using Pipe.Tickets.Entries;
using Pipe.Tickets.People;

namespace Pipe.Store.Intake;

/// <summary>Opens a ticket.</summary>
internal sealed class NewTicketWriter(
    IntakeContext context, UserDirectory users, OrganizationDirectory organizations, EventLog events, Collaborators collaborators, Referrals referrals)
{
    // Until the last statement the ticket has no status, and so no help desk view shows it.
    private const string InsertTicketSql = """
        INSERT INTO $ticket (number, user_id, status_id, dept_id, sla_id, topic_id, staff_id, team_id, email_id, ip_address, source,
                             est_duedate, closed, lastupdate, created, updated)
        VALUES (@number, @user, 0, @dept, @sla, @topic, @staff, @team, @email, '', 'Email', @due, @closed, @now, @now, @now)
        """;

    private const string ShowTicketSql = "UPDATE $ticket SET status_id = @status WHERE ticket_id = @ticket";

    private const string InsertThreadSql = """
        INSERT INTO $thread (object_id, object_type, lastresponse, lastmessage, created) VALUES (@ticket, 'T', @response, @now, @now)
        """;

    private readonly EntryWriter _entries = new(context);
    private readonly Assignees _assignees = new(context.Session);

    public DeliveryResult Write(FilterOutcome filters)
    {
        var session = context.Session;
        var organization = filters.User is { } known
            ? organizations.Find(known.OrganizationId)
            : organizations.FindByDomain(filters.Owner.Address);
        var draft = new TicketDrafting(context).Draft(filters, organization);
        draft = WithAvailableAssignees(draft);
        var canned = new CannedResponses(context).Find(filters.CannedId);
        var numbers = new TicketNumbers(context);
        string? number = numbers.ReserveRandom(draft.Topic);

        session.Dialect.BeginWriting(session);
        if (organization is not null)
            new OrganizationFormWriter(context).EnsureForm(organization);
        var owner = filters.User is null ? users.FindOrCreateAuthor(filters.Owner) : users.EnsureContactForm(filters.User);
        number ??= numbers.TakeFromSequence(draft.Topic);
        var ticket = InsertTicket(draft, owner, number, canned);
        numbers.LookAhead(ticket.Id, ticket.Number);
        WriteAnswers(ticket, draft);
        events.Write("created", ticket, userId: owner.Id);
        if (organization is not null)
            collaborators.AddOrganization(ticket, organization, organizations);

        var content = EntryContent.Store(context, 0, stranger: null);
        long entryId = WriteEntry(ticket, owner, content);
        collaborators.AddAddressees(ticket, owner.Id);
        new FilterEvents(context, events, _assignees).Write(ticket, filters.Matched);
        WriteStatus(ticket, draft);
        ticket = Assign(ticket, draft);
        // A canned response may say what the forms hold.
        context.Answers.Write();
        long cannedId = canned?.Write(ticket, entryId, content) ?? 0;
        referrals.Write(ticket);
        context.Search.Write();
        _entries.WriteMail(entryId);
        session.Execute(ShowTicketSql, ("status", draft.Status.Id), ("ticket", ticket.Id));
        context.Posted = new PostedMessage(ticket, entryId, content)
        {
            IsNewTicket = true,
            UserId = owner.Id,
            Filters = filters,
            CannedEntryId = cannedId,
        };
        return new DeliveryResult.Stored(ticket.Number, StoredAs.NewTicket);
    }

    // A ticket that starts closed goes to nobody.
    private TicketDraft WithAvailableAssignees(TicketDraft draft) => draft with
    {
        StaffId = draft.Status.IsOpen && draft.StaffId != 0 && _assignees.IsAvailable(draft.StaffId) ? draft.StaffId : 0,
        TeamId = draft.Status.IsOpen && draft.TeamId != 0 && _assignees.IsTeamEnabled(draft.TeamId) ? draft.TeamId : 0,
    };

    private TicketState InsertTicket(TicketDraft draft, KnownUser owner, string number, CannedResponse? canned)
    {
        var session = context.Session;
        int emailId = context.Mailbox?.Mailbox.Id ?? 0;
        long ticketId = session.Insert(
            InsertTicketSql,
            ("number", number),
            ("user", owner.Id),
            ("dept", draft.DeptId),
            ("sla", draft.SlaId),
            ("topic", draft.TopicId),
            ("staff", draft.StaffId),
            ("team", draft.TeamId),
            ("email", emailId),
            ("due", new DueDates(context).FromNow(draft.SlaId, draft.DeptId)),
            ("closed", draft.IsClosedAtOnce ? context.Clock.Timestamp : null),
            ("now", context.Clock.Timestamp));
        long threadId = session.Insert(
            InsertThreadSql, ("ticket", ticketId), ("response", canned is null ? null : context.Clock.Timestamp), ("now", context.Clock.Timestamp));
        return new TicketState
        {
            Id = ticketId,
            Number = number,
            ThreadId = threadId,
            UserId = owner.Id,
            StatusId = draft.Status.Id,
            DeptId = draft.DeptId,
            TopicId = draft.TopicId,
            SlaId = draft.SlaId,
            EmailId = emailId,
        };
    }

    private void WriteAnswers(TicketState ticket, TicketDraft draft)
    {
        var form = context.Catalog.TicketForm;
        var answers = new FormAnswers();
        string subject = SubjectField.FromSubject(context.Mail.Subject);
        var searchable = new List<string>();
        foreach (var field in form.Fields)
        {
            if (!field.IsAnswered)
                continue;
            if (field.Name == "subject")
            {
                answers.Add(field, subject.Length > 0 ? subject : null, subject);
                if (subject.Length > 0)
                    searchable.Add(subject);
            }
            else if (field.Type == "priority")
            {
                answers.Add(field, draft.Priority?.Description, draft.Priority?.Id.ToString(CultureInfo.InvariantCulture) ?? "", draft.Priority?.Id);
            }
            else
            {
                answers.Add(field, field.EmptyValue, field.EmptyColumn);
                if (field.Type == "bool")
                    searchable.Add("No");
            }
        }

        if (form.FormId != 0)
            answers.Write(context, form.FormId, 'T', ticket.Id);
        answers.WriteColumns(context, "$ticket__cdata", "ticket_id", ticket.Id);
        context.Search.AddTicket(ticket.Id, ticket.Number, subject, string.Join('\n', searchable));
    }

    private long WriteEntry(TicketState ticket, KnownUser owner, EntryContent content)
    {
        var entry = new NewEntry
        {
            Type = 'M',
            ThreadId = ticket.ThreadId,
            UserId = owner.Id,
            Flags = EntryFlags.OriginalMessage | _entries.FlagsOf(content.Format),
            Poster = UnknownSender.Is(owner.DefaultAddress ?? "")
                ? context.AuthorText
                : DisplayName.Split(owner.Name).Format(context.Settings.Text("client_name_format")),
            Title = Column.Cut(EntryTitle.FromSubject(context.Mail.Subject), Column.TitleLength),
            Recipients = context.Routing.RecipientsJson,
            Content = content,
        };
        long id = _entries.Write(entry);
        _entries.AddSearch(id, entry);
        return id;
    }

    private void WriteStatus(TicketState ticket, TicketDraft draft)
    {
        if (draft.Status.Id == draft.DefaultStatus.Id)
            return;
        if (draft.IsClosedAtOnce)
            events.Write("closed", ticket, $"{{\"status\":[{draft.Status.Id},{PhpJson.Quote(draft.Status.Name)}]}}");
        else
            events.Write("edited", ticket, $"{{\"status\":{draft.Status.Id}}}");
    }

    private TicketState Assign(TicketState ticket, TicketDraft draft)
    {
        if (draft.StaffId != 0)
        {
            ticket = ticket with { StaffId = draft.StaffId };
            events.Write("assigned", ticket, $"{{\"staff\":{draft.StaffId}}}", EventLog.FilterName);
        }

        if (draft.TeamId != 0)
        {
            ticket = ticket with { TeamId = draft.TeamId };
            events.Write("assigned", ticket, $"{{\"team\":{draft.TeamId}}}", EventLog.FilterName);
        }

        return ticket;
    }
}
