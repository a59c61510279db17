using System.Text;
using Pipe.Tickets.People;
using Pipe.Tickets.Routing;
using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Notifications;

/// <summary>Decides which mails a message causes, and writes them.</summary>
public sealed class NotificationPlanner
{
    private const string SystemAssigner = "SYSTEM (Auto Assignment)";

    private readonly NotificationFacts _facts;
    private readonly NotificationCause _cause;
    private readonly IReadOnlySet<NotificationKind> _switchedOff;
    private readonly NotificationSettings _settings;
    private readonly TicketVariables _variables;
    private readonly List<OutgoingMail> _mails = [];
    private readonly List<NotificationDecision> _decisions = [];

    private NotificationPlanner(NotificationFacts facts, NotificationCause cause, IReadOnlySet<NotificationKind> switchedOff)
    {
        _facts = facts;
        _cause = cause;
        _switchedOff = switchedOff;
        _settings = facts.Settings;
        _variables = new TicketVariables(facts);
    }

    private Correspondent Owner => _facts.Ticket.Owner;

    /// <summary>The mails, in the order in which they are to be sent. Images are not in them yet.</summary>
    public static NotificationPlan Plan(NotificationFacts facts, NotificationCause cause, IReadOnlySet<NotificationKind> switchedOff)
    {
        var planner = new NotificationPlanner(facts, cause, switchedOff);
        if (cause.IsNote)
            planner.PlanActivityAlert(facts.Entry);
        else if (cause.IsNewTicket)
            planner.PlanNewTicket();
        else
            planner.PlanMessage();
        return new NotificationPlan(planner._mails, planner._decisions);
    }

    private void PlanNewTicket()
    {
        PlanFilterMails();
        PlanAssignmentAlert();
        string? refusal = AutoresponseRefusal();
        if (_facts.CannedEntry is { } canned)
        {
            PlanActivityAlert(canned);
            PlanCannedReply(canned, refusal);
        }

        // Without a mailbox to write from, real osTicket tells nobody.
        bool answered = PlanAutoresponse(refusal);
        PlanTicketAlert();
        if (_cause.LimitReached > 0)
            PlanLimitNotices(answered);
    }

    private void PlanMessage()
    {
        PlanConfirmation();
        PlanMessageAlert();
    }

    // Conditions 1 to 5 of outgoing.md 4.1: what forbids any automatic answer to the owner of a new ticket.
    private string? AutoresponseRefusal()
    {
        if (_cause.FilterForbidsAutoresponse)
            return "a ticket filter forbids it";
        if (_facts.Mailbox(_cause.MailboxId) is { ForbidsAutoresponse: true })
            return "the mailbox written to forbids it";
        if (_facts.Ticket.TopicForbidsAutoresponse)
            return "the help topic forbids it";
        return AutomaticMailRefusal() ?? AddressRefusal(Owner.Address);
    }

    private string? AutomaticMailRefusal()
    {
        if (_cause.Mail.IsBounce)
            return "the message is a bounce";
        if (_cause.Mail.IsAutoReply || _cause.Mail.IsAutomatic)
            return "the message is an automatic one";
        if (_cause.HasNullSender)
            return "the envelope sender is empty";
        return SuppressHeader.ForbidsReplies(_cause.Mail.Header) ? "X-Auto-Response-Suppress forbids it" : null;
    }

    private string? AddressRefusal(string address)
    {
        if (_facts.IsSystemAddress(address))
            return "the address is the help desk's own";
        if (UnknownSender.Is(address))
            return "nobody knows who wrote";
        return AddressSyntax.CanBeWrittenTo(address) ? null : "the address is not one to send mail to";
    }

    private void PlanFilterMails()
    {
        foreach (string configuration in _cause.FilterMails)
        {
            if (FilterMail.Parse(configuration, Owner) is not { } action)
            {
                Decide(NotificationKind.FilterMail, "", false, "the filter's action has no recipient");
                continue;
            }

            var from = _facts.Mailbox(action.MailboxId) ?? _facts.Mailbox(_facts.DefaultAccountMailboxId)
                ?? _facts.Mailbox(_settings.Number("default_email_id"));
            var scope = _variables.Common();
            scope["recipient"] = _variables.Owner();
            scope["user"] = new TemplateValue.Plain(FilterMail.Describe(Owner));
            var template = new MailTemplate("", action.Subject, action.Message);
            foreach (var recipient in action.Recipients)
            {
                // Whoever sent a bounce or an automatic mail is not written to; others whom the filter names are.
                bool isSender = string.Equals(recipient.Address, Owner.Address, StringComparison.OrdinalIgnoreCase);
                var addressee = new Addressee(recipient, AddresseeClass.Other, 0, _variables.Owner());
                Send(NotificationKind.FilterMail, from?.Mailbox, addressee, template, scope, isSender ? AutomaticMailRefusal() : null);
            }
        }
    }

    private void PlanAssignmentAlert()
    {
        if (!_cause.AgentWasAssigned && !_cause.TeamWasAssigned)
            return;
        if (!_facts.Ticket.IsOpen)
        {
            Decide(NotificationKind.AssignmentAlert, "", false, "the ticket is not open");
            return;
        }

        if (!IsOn(NotificationKind.AssignmentAlert, "assigned_alert_active"))
            return;
        var scope = _variables.Common();
        scope["assigner"] = new TemplateValue.Plain(SystemAssigner);
        scope["comments"] = TemplateValue.Empty;
        SendToAgents(NotificationKind.AssignmentAlert, _facts.DepartmentMailbox, AgentRecipients.ForAssignment(_facts, _variables, _cause), scope, null);
    }

    private void PlanActivityAlert(EntryProfile entry)
    {
        if (!IsOn(NotificationKind.ActivityAlert, "note_alert_active"))
            return;
        var scope = _variables.Common();
        scope["note"] = _variables.Entry(entry);
        scope["comments"] = _variables.Entry(entry);
        scope["message"] = _variables.Entry(entry);
        scope["activity"] = new TemplateValue.Plain("New Internal Note");
        SendToAgents(NotificationKind.ActivityAlert, _facts.AlertMailbox, AgentRecipients.ForActivity(_facts, _variables, _cause), scope, entry);
    }

    private void PlanCannedReply(EntryProfile canned, string? refusal)
    {
        var scope = OwnerScope();
        scope["response"] = _variables.Entry(canned);
        scope["message"] = _variables.Entry(_facts.Entry);
        Send(NotificationKind.CannedReply, _facts.DepartmentMailbox, OwnerAddressee(), null, scope, refusal, canned);
    }

    private bool PlanAutoresponse(string? refusal)
    {
        refusal ??= _facts.CannedEntry is not null ? "a canned response was sent" : null;
        refusal ??= !_facts.Department.ConfirmsTickets ? "the department does not confirm tickets" : null;
        bool allowed = refusal is null;
        if (!IsOn(NotificationKind.TicketAutoresponse, "ticket_autoresponder"))
            return allowed;

        var scope = OwnerScope();
        scope["message"] = _variables.Entry(_facts.Entry);
        Send(NotificationKind.TicketAutoresponse, _facts.AutoresponseMailbox, OwnerAddressee(), null, scope, refusal, _facts.Entry);
        return allowed;
    }

    private void PlanTicketAlert()
    {
        if (!IsOn(NotificationKind.TicketAlert, "ticket_alert_active"))
            return;
        if (_cause.Mail.IsBounce)
        {
            Decide(NotificationKind.TicketAlert, "", false, "the message is a bounce");
            return;
        }

        var scope = _variables.Common();
        scope["message"] = _variables.Entry(_facts.Entry);
        SendToAgents(
            NotificationKind.TicketAlert, _facts.DepartmentMailbox, AgentRecipients.ForNewTicket(_facts, _variables, _cause), scope, _facts.Entry);
    }

    private void PlanLimitNotices(bool answered)
    {
        int limit = _settings.Number("max_open_tickets");
        string log = $"Maximum open tickets ({limit}) reached for {Owner.Address}";
        if (_settings.Number("log_level") >= 2)
            SendToAdministrator(NotificationKind.LimitWarning, $"Maximum Open Tickets Limit ({Owner.Address})", log);
        if (!answered || !IsOn(NotificationKind.LimitNotice, "overlimit_notice_active"))
            return;

        Send(NotificationKind.LimitNotice, _facts.AutoresponseMailbox, OwnerAddressee(), null, OwnerScope(), null);
        SendToAdministrator(NotificationKind.LimitReport, "Overlimit Notice",
            $"{Owner.Name} <{Owner.Address}> has {_cause.LimitReached} open tickets; the limit is {limit}.\nThe user has been told.");
    }

    private void PlanConfirmation()
    {
        if (!IsOn(NotificationKind.MessageConfirmation, "message_autoresponder"))
            return;

        var addressee = PosterAddressee();
        string? refusal = _cause.IsPassiveMatch ? "the message answers somebody else's mail" : AutomaticMailRefusal();
        refusal ??= !_facts.Department.ConfirmsMessages ? "the department does not confirm messages" : null;
        refusal ??= addressee is null ? "its sender takes no part in the ticket" : AddressRefusal(addressee.Person.Address);
        if (addressee is null)
        {
            Decide(NotificationKind.MessageConfirmation, "", false, refusal!);
            return;
        }

        var scope = _variables.Common();
        scope["signature"] = _variables.Signature();
        scope["recipient"] = addressee.Variable;
        scope["message"] = _variables.Entry(_facts.Entry);
        Send(NotificationKind.MessageConfirmation, _facts.AutoresponseMailbox, addressee, null, scope, refusal, _facts.Entry);
    }

    private void PlanMessageAlert()
    {
        if (!IsOn(NotificationKind.MessageAlert, "message_alert_active"))
            return;

        string? refusal = _cause.IsPassiveMatch ? "the message answers somebody else's mail" : null;
        refusal ??= _cause.Mail.IsBounce ? "the message is a bounce" : null;
        refusal ??= _cause.Mail.IsAutoReply ? "the message is an automatic one" : null;
        if (refusal is not null)
        {
            Decide(NotificationKind.MessageAlert, "", false, refusal);
            return;
        }

        var scope = _variables.Common();
        scope["message"] = _variables.Entry(_facts.Entry);
        scope["poster"] = new TemplateValue.Plain(PosterName());
        SendToAgents(
            NotificationKind.MessageAlert, _facts.DepartmentMailbox, AgentRecipients.ForMessage(_facts, _variables, _cause), scope, _facts.Entry);
    }

    private string PosterName() => _cause.Mail.Sender switch
    {
        { Name.Length: > 0 } sender => sender.Name,
        { } sender => sender.Address,
        null => _facts.Entry.Poster,
    };

    private TemplateScope OwnerScope()
    {
        var scope = _variables.Common();
        scope["signature"] = _variables.Signature();
        scope["recipient"] = _variables.Owner();
        return scope;
    }

    private Addressee OwnerAddressee() =>
        new(_variables.ShownUser(Owner), AddresseeClass.Owner, _facts.Ticket.OwnerId, _variables.Owner());

    private Addressee? PosterAddressee()
    {
        if (_cause.PosterUserId == _facts.Ticket.OwnerId)
            return OwnerAddressee();
        return _facts is { Poster: { } poster, PosterIsCollaborator: true }
            ? new Addressee(_variables.ShownUser(poster), AddresseeClass.Collaborator, _cause.PosterUserId, _variables.Collaborator(poster))
            : null;
    }

    private bool IsOn(NotificationKind kind, string setting)
    {
        if (_settings.IsOn(setting))
            return true;
        Decide(kind, "", false, $"{setting} is off");
        return false;
    }

    private void SendToAgents(
        NotificationKind kind, Mailbox? from, IReadOnlyList<Addressee> recipients, TemplateScope scope, EntryProfile? entry)
    {
        if (recipients.Count == 0)
            Decide(kind, "", false, "no agent is to be told");
        foreach (var recipient in recipients)
        {
            var own = new TemplateScope(scope) { ["recipient"] = recipient.Variable };
            if (kind == NotificationKind.AssignmentAlert)
                own["assignee"] = recipient.Variable;
            Send(kind, from, recipient, null, own, null, entry);
        }
    }

    private void SendToAdministrator(NotificationKind kind, string subject, string text)
    {
        string address = _settings.Text("admin_email").Trim();
        var addressee = new Addressee(new Correspondent(address, ""), AddresseeClass.Other, 0, TemplateValue.Empty);
        if (Refuse(kind, _facts.AlertMailbox, addressee, null) is not { } from)
            return;

        _mails.Add(new OutgoingMail
        {
            Kind = kind,
            Class = MailClass.Notice,
            From = from,
            Recipient = addressee.Person,
            Subject = TemplateExpander.SingleLine(subject),
            Text = $"{text}\n\n{_settings.Url}",
            MessageId = MessageId(addressee, null, from),
        });
    }

    private void Send(
        NotificationKind kind, Mailbox? mailbox, Addressee addressee, MailTemplate? template, TemplateScope scope, string? refusal,
        EntryProfile? entry = null)
    {
        if (Refuse(kind, mailbox, addressee, refusal) is not { } from)
            return;

        template ??= TemplateOf(kind);
        string messageId = MessageId(addressee, entry, from);
        var expander = new TemplateExpander(scope);
        string subject = expander.ToLine(template.Subject);
        string html = expander.ToHtml(template.Body);
        bool cites = entry is not null && kind is NotificationKind.CannedReply or NotificationKind.TicketAutoresponse
            or NotificationKind.TicketAlert or NotificationKind.MessageConfirmation;
        _mails.Add(new OutgoingMail
        {
            Kind = kind,
            Class = ClassOf(kind),
            From = from,
            Recipient = addressee.Person,
            IsCarbonCopy = addressee.Class == AddresseeClass.Collaborator,
            Subject = subject,
            Html = entry is null ? html : HiddenBlock(messageId) + html,
            TextOnly = !_settings.IsOn("enable_richtext", missing: true),
            ReplySeparator = entry is null ? null : _settings.ReplySeparator,
            MessageId = messageId,
            InReplyTo = cites ? ReplyHeaders.InReplyTo(_cause.Mail) : null,
            References = cites ? ReplyHeaders.References(_cause.Mail) : [],
            Attachments = kind == NotificationKind.CannedReply && _settings.IsOn("email_attachments") ? entry!.LoadFiles() : expander.Files,
        });
    }

    private Mailbox? Refuse(NotificationKind kind, Mailbox? from, Addressee addressee, string? refusal)
    {
        string address = addressee.Person.Address;
        refusal ??= _switchedOff.Contains(kind) ? "it is switched off" : null;
        refusal ??= from is null ? "the help desk has no mailbox to send from" : null;
        refusal ??= AddressSyntax.CanBeWrittenTo(from!.Address) ? null : "the address of the help desk's mailbox is not one to send mail from";
        refusal ??= AddressRefusal(address);
        Decide(kind, address, refusal is null, refusal ?? "due");
        return refusal is null ? from : null;
    }

    private void Decide(NotificationKind kind, string address, bool isSent, string reason) =>
        _decisions.Add(new NotificationDecision(kind, address, isSent, reason));

    private MailTemplate TemplateOf(NotificationKind kind)
    {
        string codeName = TemplateNames.Of(kind)!;
        foreach (var template in _facts.Templates)
        {
            if (template.CodeName == codeName)
                return template;
        }

        return BuiltInTemplates.Find(codeName, _settings.Url.Length > 0)!;
    }

    private string MessageId(Addressee addressee, EntryProfile? entry, Mailbox from) =>
        new TicketMessageId(addressee.Class, (uint)addressee.Id, (uint)(entry?.Id ?? 0), entry is null ? 0 : (uint)_cause.ThreadId)
            .Encode(IdSuffix(from.Address), _facts.SecretSalt);

    // A msg-id is ASCII (RFC 5322 section 3.6.4), so a local part that is not stays out of it.
    private static string IdSuffix(string address)
    {
        string ascii = AsciiAddress.Of(address);
        return Ascii.IsValid(ascii) ? ascii : ascii[ascii.LastIndexOf('@')..];
    }

    // What a reply quotes: the separator that cuts the quotation off, and the id in the form that osTicket looks for.
    private string HiddenBlock(string messageId)
    {
        string separator = _settings.IsOn("strip_quoted_reply") ? $"{_settings.ReplySeparator}<br/><br/>" : "";
        return $"<div style=\"display:none\"\n                        class=\"mid-{messageId}\">{separator}</div>";
    }

    private static MailClass ClassOf(NotificationKind kind) => kind is NotificationKind.CannedReply or NotificationKind.TicketAutoresponse
        or NotificationKind.LimitNotice or NotificationKind.MessageConfirmation ? MailClass.Autoreply : MailClass.Notice;
}
