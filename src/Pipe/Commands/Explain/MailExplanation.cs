using System.Globalization;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Notifications;
using Pipe.Store.Explanation;
using Pipe.Tickets.People;
using static Pipe.Commands.Report;

namespace Pipe.Commands.Explain;

/// <summary>Puts into words what would become of one message.</summary>
internal sealed class MailExplanation(Settings settings, SettingsSources sources, DeliveryContext context)
{
    private const int MaxTextLength = 200;

    private readonly Report _report = new();

    /// <summary>Finds everything out, with the code that delivers.</summary>
    /// <exception cref="Store.StoreException">The store cannot be used.</exception>
    /// <exception cref="System.Data.Common.DbException">The store cannot be used.</exception>
    public Report Write()
    {
        AddEnvelope();
        if (context.Message.Length == 0)
        {
            AddResult(new DeliveryResult.Deferred(DeferralCause.EmptyInput, "the message is empty"));
        }
        else if (settings.Url is { } url)
        {
            AddMail(InboundMailReader.Read(context.Message, new InboundMailOptions(), context.Trace));
            AddPost(url);
        }
        else
        {
            var findings = new List<string>();
            var accounts = new SendingAccounts(settings, findings.Add);
            var intake = StoreAccess.Explainer(settings, sources, accounts).Explain(context);
            AddIntake(intake);
            new OutgoingExplanation(settings, accounts, findings, _report).Add(intake);
        }

        AddOddities();
        return _report;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private void AddEnvelope()
    {
        var envelope = context.Envelope;
        _report.Begin("Envelope", "envelope");
        _report.Add("caller", envelope.Caller);
        _report.Add("sender", envelope.Sender is "" ? "<> (a bounce)" : envelope.Sender ?? "not known");
        _report.Add("recipient", envelope.Recipient ?? "not known");
        _report.Add("original recipient", envelope.OriginalRecipient);
        _report.Add("extension", envelope.Extension);
        _report.Add("queue id", envelope.QueueId);
        _report.Add("size", Number(context.Message.Length) + " bytes");
        if (context.Message.IsOversized)
            _report.Add("oversized", $"more than the {Number(context.Message.MaxBytes)} bytes allowed: {settings.Oversized}");
    }

    private void AddMail(InboundMail mail)
    {
        _report.Begin("Message", "message");
        _report.Add("from", mail.Sender is { } sender ? $"{sender.Name} <{sender.Address}>".TrimStart() : "nobody");
        _report.Add("reply-to", mail.ReplyTo is { } replyTo ? $"{replyTo.Name} <{replyTo.Address}>".TrimStart() : null);
        _report.Add("subject", mail.Subject);
        _report.Add("message-id", mail.MessageId + (mail.MessageIdIsDerived ? " (derived from the content: the message has none)" : ""));
        _report.Add("bounce", YesOrNo(mail.IsBounce));
        _report.Add("auto-reply", YesOrNo(mail.IsAutoReply));
        _report.Add("urgency", mail.Urgency?.ToString().ToLowerInvariant());
        string text = string.Join(' ', mail.Body.Content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        _report.Add("body", $"{(mail.Body.Format == BodyFormat.Html ? "HTML" : "plain text")}, {Number(mail.Body.Content.Length)} characters");
        _report.Add("text", text.Length > MaxTextLength ? text[..MaxTextLength] + "…" : text);

        _report.BeginList("Attachments", "attachments");
        foreach (var attachment in mail.Attachments)
        {
            using var counter = new CountingStream();
            attachment.CopyTo(counter);
            _report.AddItem(
                $"{attachment.Name}  {attachment.MediaType}  {Number(counter.Length)} bytes",
                Fact("name", attachment.Name), Fact("mediaType", attachment.MediaType), Fact("bytes", Number(counter.Length)));
        }
    }

    private void AddIntake(IntakeExplanation intake)
    {
        AddMail(intake.Mail);

        _report.Begin("Owner and mailbox", "routing");
        _report.Add("owner", intake.Sender is { } sender ? $"{sender.Name} <{sender.Address}>".TrimStart() : intake.Mail.IsNoMail ? "nobody: it is no mail" : $"{UnknownSender.Name} <{UnknownSender.Address}>, for nobody who wrote is named");
        _report.Add("mailbox", intake.Mailbox ?? "none");
        _report.Add("because", intake.MailboxReason);

        _report.BeginList("Is it an answer?", "threading");
        foreach (var key in intake.Keys)
        {
            string value = key.Value.Length > 0 ? $" {key.Value}" : "";
            _report.AddItem(
                $"{(key.Matched ? "yes" : "no ")}  {key.Name}{value}: {key.Reason}",
                Fact("key", key.Name), Fact("value", key.Value), Fact("matched", YesOrNo(key.Matched)), Fact("reason", key.Reason));
        }

        _report.BeginList("Filters that match", "filters");
        foreach (string filter in intake.Filters)
            _report.AddItem(filter, Fact("name", filter));
        if (intake.RejectedBy is { } rejecting)
            _report.AddItem($"{rejecting}: rejects the message", Fact("name", rejecting), Fact("rejects", "yes"));

        if (intake.Result is { } result)
        {
            AddResult(result, intake.Ticket);
        }
        else
        {
            _report.Begin("Result", "result");
            _report.Add("outcome", "not tried: the database has tables without transactions, in which a trial would leave rows behind");
        }
    }

    private void AddPost(Uri url)
    {
        _report.Begin("Result", "result");
        _report.Add("outcome", $"the message would be posted to {url.GetLeftPart(UriPartial.Path)}; what becomes of it is decided there");
        _report.Add("exit code", "0 when the help desk answers 201, else 75");
    }

    private void AddResult(DeliveryResult result, PlannedTicket? ticket = null)
    {
        _report.Begin("Result", "result");
        _report.Add("outcome", Outcome(result));
        if (ticket is not null)
        {
            _report.Add("ticket", ticket.Number);
            _report.Add("owner", ticket.Owner);
            _report.Add("department", ticket.Department);
            _report.Add("help topic", ticket.Topic.Length > 0 ? ticket.Topic : null);
            _report.Add("status", ticket.Status);
            _report.Add("priority", ticket.Priority.Length > 0 ? ticket.Priority : null);
            _report.Add("collaborators", ticket.Collaborators.Count > 0 ? string.Join(", ", ticket.Collaborators) : null);
        }

        _report.Add("exit code", Number((int)ExitCodes.Of(result, settings)));
    }

    private static string Outcome(DeliveryResult result) => result switch
    {
        DeliveryResult.Stored { As: StoredAs.NewTicket } => "a new ticket (its number may be another when the mail really comes)",
        DeliveryResult.Stored { As: StoredAs.Reply } => "a message on an existing ticket",
        DeliveryResult.Stored { As: StoredAs.Note } => "an agent's note on an existing ticket",
        DeliveryResult.Stored { As: StoredAs.Duplicate } => "nothing: the message is there already",
        DeliveryResult.Discarded discarded => "nothing: " + discarded.Reason,
        DeliveryResult.Refused refused => "denied: " + refused.Reason,
        DeliveryResult.Unacceptable unacceptable => "kept in the quarantine folder: " + unacceptable.Reason,
        DeliveryResult.Deferred deferred => "the mail system keeps it and tries again: " + deferred.Reason,
        _ => result.ToString(),
    };

    private void AddOddities()
    {
        if (context.Trace.Warnings.Count == 0)
            return;
        _report.BeginList("Odd in this message", "warnings");
        foreach (string warning in context.Trace.Warnings)
            _report.AddItem(warning, Fact("warning", warning));
    }
}
