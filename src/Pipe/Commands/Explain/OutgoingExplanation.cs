using Pipe.Configuration;
using Pipe.Notifications;
using Pipe.Store.Explanation;
using Pipe.Tickets.Notifications;
using static Pipe.Commands.Report;

namespace Pipe.Commands.Explain;

/// <summary>Puts into words which mails a message would cause, and which not.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="accounts">Through which accounts mail goes.</param>
/// <param name="findings">What turned out to be wrong with accounts so far, and what turns out here.</param>
/// <param name="report">Takes the words.</param>
internal sealed class OutgoingExplanation(Settings settings, SendingAccounts accounts, List<string> findings, Report report)
{
    /// <summary>Adds the sections to the report; nothing is kept or sent.</summary>
    public void Add(IntakeExplanation intake)
    {
        string? whyNone = NotificationSetup.WhyNone(settings);
        whyNone ??= intake.Mails is null ? "the message becomes no entry that anybody is told of" : null;
        AddMails(intake.Mails?.Mails ?? []);
        AddOthers(intake.Mails?.Decisions ?? [], whyNone);
        AddFindings();
    }

    private void AddMails(IReadOnlyList<OutgoingMail> mails)
    {
        report.BeginList("Mails that would be sent", "mails");
        foreach (var mail in mails)
        {
            string account = AccountFor(mail.From.Id);
            report.AddItem(
                $"{mail.Kind} to {mail.Recipient.Address} from {mail.From.Address} through {account}: {mail.Subject}",
                Fact("kind", mail.Kind.ToString()), Fact("to", mail.Recipient.Address), Fact("from", mail.From.Address),
                Fact("account", account), Fact("subject", mail.Subject));
        }
    }

    private void AddOthers(IReadOnlyList<NotificationDecision> decisions, string? whyNone)
    {
        report.BeginList("Mails that would not be sent", "mailsNotSent");
        if (whyNone is not null)
            report.AddItem($"any: {whyNone}", Fact("kind", ""), Fact("to", ""), Fact("reason", whyNone));
        foreach (var decision in decisions)
        {
            if (decision.IsSent)
                continue;
            string recipient = decision.Recipient.Length > 0 ? $" to {decision.Recipient}" : "";
            report.AddItem(
                $"{decision.Kind}{recipient}: {decision.Reason}",
                Fact("kind", decision.Kind.ToString()), Fact("to", decision.Recipient), Fact("reason", decision.Reason));
        }
    }

    private void AddFindings()
    {
        if (settings.Notify == "spool")
            findings.Add("notify is spool: mails wait in the outbox for pipe spool retry");
        if (findings.Count == 0)
            return;
        report.BeginList("How mails are sent", "mailNotes");
        foreach (string finding in findings.Distinct())
            report.AddItem(finding, Fact("note", finding));
    }

    // The next account, and at last the local mail system, take over when one does not take the mail.
    private string AccountFor(int mailboxId)
    {
        var known = accounts.For(mailboxId);
        return known.Count > 0 ? known[0].ToString() : settings.Sendmail;
    }
}
