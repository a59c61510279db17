using System.Globalization;
using Pipe.Store.People;
using Pipe.Store.Settings;
using Pipe.Tickets.Filters;

namespace Pipe.Store.Intake;

/// <summary>Runs the ticket filters and the ban list over a message that would open a ticket.</summary>
internal sealed class FilterRun(IntakeContext context, UserDirectory users)
{
    private const string AnswerSql = """
        SELECT v.value FROM $form_entry f JOIN $form_entry_values v ON v.entry_id = f.id
         WHERE f.object_type = @type AND f.object_id = @object AND v.field_id = @field
        """;

    private const string FieldPrefix = "field.";

    private Correspondent _owner = new("", "");
    private KnownUser? _user;

    public FilterOutcome Run(Correspondent sender)
    {
        SetOwner(sender);
        var outcome = new FilterOutcome { Owner = _owner, User = _user };
        bool takenOver = false;
        while (true)
        {
            if (IsBanned())
                return outcome with { RejectedBy = TicketFilter.BanListName };
            outcome = RunOnce(outcome, out bool takeOver);
            if (!takeOver || takenOver)
                return outcome;
            takenOver = true;
            SetOwner(ReplyToAsOwner());
            outcome = outcome with { Owner = _owner, User = _user };
        }
    }

    private void SetOwner(Correspondent owner)
    {
        _owner = owner;
        _user = users.Find(owner.Address);
    }

    private Correspondent ReplyToAsOwner() =>
        context.Mail.ReplyTo is { } replyTo ? new(replyTo.Address, replyTo.Name.Length > 0 ? replyTo.Name : _owner.Name) : _owner;

    private string OwnerAddress => _user?.DefaultAddress ?? _owner.Address;

    private string OwnerName => _user?.Name ?? (_owner.Name.Length > 0 ? _owner.Name : _owner.Address);

    private bool IsBanned()
    {
        if (context.Catalog.BanList() is not { IsActive: true } banList)
            return false;
        foreach (var rule in banList.Rules)
        {
            if (rule.IsActive && rule.What == "email" && string.Equals(rule.Value.TrimEnd(), OwnerAddress, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private FilterOutcome RunOnce(FilterOutcome outcome, out bool takeOver)
    {
        takeOver = false;
        var matched = new List<TicketFilter>();
        foreach (var filter in context.Catalog.Filters)
        {
            if (!filter.AppliesTo(context.Mailbox?.Mailbox.Id ?? 0) || !Matches(filter))
                continue;
            matched.Add(filter);
            foreach (var action in filter.Actions)
            {
                if (action.Type == "reject")
                    return outcome with { RejectedBy = filter.Name };
                if (action.Type == "replyto" && DiffersFromReplyTo())
                {
                    takeOver = true;
                    return outcome;
                }

                outcome = Apply(outcome, action);
            }

            if (filter.Stops)
                break;
        }

        return outcome with { Matched = matched };
    }

    private bool DiffersFromReplyTo() =>
        context.Mail.ReplyTo is { } replyTo && !string.Equals(replyTo.Address, _owner.Address, StringComparison.OrdinalIgnoreCase);

    // A type that only other programs know (a plugin's) or that sends mail changes nothing here.
    private FilterOutcome Apply(FilterOutcome outcome, FilterAction action)
    {
        int Id(string key) => JsonText.Int(action.Configuration, key);
        return action.Type switch
        {
            "dept" when context.Catalog.Department(Id("dept_id")) is { IsActive: true } department => outcome with { DeptId = department.Id },
            "topic" when context.Catalog.Topic(Id("topic_id")) is { IsActive: true } topic => outcome with { TopicId = topic.Id },
            "pri" => outcome with { PriorityId = Id("priority") },
            "sla" => outcome with { SlaId = Id("sla_id") },
            "team" => outcome with { TeamId = Id("team_id") },
            "agent" => outcome with { StaffId = Id("staff_id") },
            "status" => outcome with { StatusId = Id("status_id") },
            "canned" => outcome with { CannedId = Id("canned_id") },
            _ => outcome,
        };
    }

    private bool Matches(TicketFilter filter)
    {
        foreach (var rule in filter.Rules)
        {
            if (FilterOperator.Holds(rule.How, Subject(rule.What), rule.Value) != filter.MatchesAll)
                return !filter.MatchesAll;
        }

        return filter.MatchesAll && filter.Rules.Count > 0;
    }

    private string Subject(string what) => what switch
    {
        "email" => OwnerAddress,
        "name" => OwnerName,
        "reply-to" => context.Mail.ReplyTo?.Address ?? "",
        "reply-to-name" => context.Mail.ReplyTo?.Name ?? "",
        "addressee" => string.Join(' ', context.Routing.People.Select(person => $"{person.Name} {person.Address}")),
        "body" => context.Mail.Body.Content,
        _ when what.StartsWith(FieldPrefix, StringComparison.Ordinal)
            && int.TryParse(what.AsSpan(FieldPrefix.Length), CultureInfo.InvariantCulture, out int field) => FieldValue(field),
        _ => "",
    };

    private string FieldValue(int id)
    {
        if (FindField(context.Catalog.TicketForm, id) is { } ticketField)
        {
            return ticketField.Name switch
            {
                "subject" => context.Mail.Subject,
                "message" => context.Mail.Body.Content,
                _ => "",
            };
        }

        if (FindField(context.Catalog.ContactForm, id) is { } contactField)
        {
            return contactField.Name switch
            {
                "email" => OwnerAddress,
                "name" => OwnerName,
                _ => Answer("U", _user?.Id ?? 0, id),
            };
        }

        return FindField(context.Catalog.OrganizationForm, id) is null ? "" : Answer("O", _user?.OrganizationId ?? 0, id);
    }

    private string Answer(string type, long objectId, int fieldId) => objectId == 0
        ? ""
        : context.Session.Scalar(AnswerSql, ("type", type), ("object", objectId), ("field", fieldId)) as string ?? "";

    private static FormField? FindField(FormLayout form, int id)
    {
        foreach (var field in form.Fields)
        {
            if (field.Id == id)
                return field;
        }

        return null;
    }
}
