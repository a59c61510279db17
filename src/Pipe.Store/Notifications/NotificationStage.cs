using System.Data.Common;
using Pipe.Store.Intake;

namespace Pipe.Store.Notifications;

/// <summary>Writes the mails that a message causes, while its rows are written but not committed.</summary>
internal sealed class NotificationStage(IntakeContext context, NotificationOptions options, PostedMessage posted)
{
    private NotificationReader? _reader;

    /// <summary>Keeps the mails that are due in the outbox; <c>null</c> when there are none.</summary>
    /// <remarks>A ticket counts for more than the mails about it: what hinders them is noted, and the ticket is stored.</remarks>
    public static IStagedMail? Run(IntakeContext context)
    {
        if (context.Session.Options.Notifications is not { Outbox: { } outbox } options || context.Posted is not { } posted)
            return null;

        var stage = new NotificationStage(context, options, posted);
        if (stage.TryPlan() is not { } plan)
            return null;
        foreach (var decision in plan.Decisions)
            options.OnDecision?.Invoke(decision);
        return plan.Mails.Count == 0 ? null : stage.TryKeep(outbox, plan.Mails);
    }

    /// <summary>Says which mails there would be; <c>null</c> when none are planned at all.</summary>
    public static NotificationPlan? Preview(IntakeContext context)
    {
        if (context.Session.Options.Notifications is not { } options || context.Posted is not { } posted)
            return null;

        var plan = new NotificationStage(context, options, posted).TryPlan();
        if (plan is not null)
            context.Session.Options.MailAccounts?.Complete(context.Session);
        return plan;
    }

    private NotificationPlan? TryPlan()
    {
        try
        {
            _reader = new NotificationReader(context, posted, options);
            return NotificationPlanner.Plan(_reader.Read(), Cause(), options.SwitchedOff);
        }
        catch (DbException e) when (context.Session.Dialect.IsMissingObject(e))
        {
            context.Trace.Warn($"no mail is sent, for the help desk's tables are unlike those of osTicket 1.18: {e.Message}");
            return null;
        }
    }

    private IStagedMail? TryKeep(IOutbox outbox, IReadOnlyList<OutgoingMail> mails)
    {
        try
        {
            var complete = new StoredImages(context.Session, posted.EntryId, options.MaxFileBytes).AddTo(mails, _reader!.TemplateImages);
            context.Session.Options.MailAccounts?.Complete(context.Session);
            return outbox.Stage(Cause(), WithinLimit(complete));
        }
        catch (DbException e) when (context.Session.Dialect.IsMissingObject(e))
        {
            context.Trace.Warn($"no mail is sent, for the help desk's tables are unlike those of osTicket 1.18: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Trace.Warn($"no mail is sent, for the outbox cannot be written: {e.Message}");
        }
        catch (FormatException e)
        {
            // What MimeKit throws for an address that is none to it.
            context.Trace.Warn($"no mail is sent, for one cannot be put into words: {e.Message}");
        }

        return null;
    }

    // All of them are in memory at once.
    private List<OutgoingMail> WithinLimit(IReadOnlyList<OutgoingMail> mails)
    {
        var limited = new List<OutgoingMail>(mails.Count);
        long left = options.MaxTotalFileBytes;
        foreach (var mail in mails)
        {
            long size = mail.Images.Sum(static file => (long)file.Content.Length) + mail.Attachments.Sum(static file => (long)file.Content.Length);
            bool fits = size <= left;
            if (!fits)
                context.Trace.Warn($"the mail to {mail.Recipient.Address} goes without its images and files: those before it have enough of them");
            limited.Add(fits ? mail : mail with { Images = [], Attachments = [] });
            left -= fits ? size : 0;
        }

        return limited;
    }

    private NotificationCause Cause() => new()
    {
        TicketId = posted.Ticket.Id,
        ThreadId = posted.Ticket.ThreadId,
        EntryId = posted.EntryId,
        Mail = context.Mail,
        IsNewTicket = posted.IsNewTicket,
        IsNote = posted.IsNote,
        PosterStaffId = (int)posted.StaffId,
        PosterUserId = posted.UserId,
        MailboxId = context.Mailbox?.Mailbox.Id ?? 0,
        IsPassiveMatch = posted.IsPassiveMatch,
        HasNullSender = context.HasNullSender,
        FilterForbidsAutoresponse = HasAction("noresp"),
        CannedEntryId = posted.CannedEntryId,
        FilterMails = FilterMails(),
        AgentWasAssigned = posted.IsNewTicket && posted.Ticket.StaffId != 0,
        TeamWasAssigned = posted.IsNewTicket && posted.Ticket.TeamId != 0,
        LimitReached = posted.LimitReached,
    };

    private bool HasAction(string type)
    {
        foreach (var filter in posted.Filters?.Matched ?? [])
        {
            foreach (var action in filter.Actions)
            {
                if (action.Type == type)
                    return true;
            }
        }

        return false;
    }

    private List<string> FilterMails()
    {
        var mails = new List<string>();
        foreach (var filter in posted.Filters?.Matched ?? [])
        {
            foreach (var action in filter.Actions)
            {
                if (action.Type == "email")
                    mails.Add(action.Configuration);
            }
        }

        return mails;
    }
}
