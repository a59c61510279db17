using System.Globalization;
using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>Lets other departments see a ticket when the message went to their mailboxes too.</summary>
internal sealed class Referrals(IntakeContext context, EventLog events)
{
    private const string ExistsSql = """
        SELECT 1 FROM $thread_referral WHERE thread_id = @thread AND object_id = @dept AND object_type = 'D'
        """;

    private const string InsertSql = """
        INSERT INTO $thread_referral (thread_id, object_id, object_type, created) VALUES (@thread, @dept, 'D', @now)
        """;

    private const string TransfersSql = """
        SELECT d.email_id FROM $thread_event e JOIN $department d ON d.id = e.dept_id WHERE e.thread_id = @thread AND e.event_id = @event
        """;

    private const string DropSql = """
        DELETE FROM $thread_referral WHERE thread_id = @thread AND object_id = @object AND object_type = @type
        """;

    /// <summary>Whether the message went to a mailbox of another department than the ticket's.</summary>
    public bool AreNeeded(TicketState ticket) => OtherMailboxes(ticket).Any();

    public void Write(TicketState ticket)
    {
        HashSet<int>? transferred = null;
        foreach (var mailbox in OtherMailboxes(ticket))
        {
            transferred ??= MailboxesOfTransfers(ticket.ThreadId);
            if (transferred.Contains(mailbox.Mailbox.Id)
                || context.Session.Scalar(ExistsSql, ("thread", ticket.ThreadId), ("dept", mailbox.DeptId)) is not null)
                continue;
            context.Session.Execute(InsertSql, ("thread", ticket.ThreadId), ("dept", mailbox.DeptId), ("now", context.Clock.Timestamp));
            events.Write("referred", ticket, string.Create(CultureInfo.InvariantCulture, $"{{\"dept\":{mailbox.DeptId}}}"));
        }
    }

    /// <summary>Takes away a referral to somebody to whom the ticket is now assigned.</summary>
    public void Drop(long threadId, char type, int objectId) =>
        context.Session.Execute(DropSql, ("thread", threadId), ("object", objectId), ("type", type.ToString()));

    private IEnumerable<SystemMailbox> OtherMailboxes(TicketState ticket)
    {
        var ids = new List<int>(context.Routing.SystemMailboxIds);
        if (context.EnvelopeMailbox is { } envelope && !ids.Contains(envelope.Mailbox.Id))
            ids.Add(envelope.Mailbox.Id);
        foreach (int id in ids)
        {
            if (id != ticket.EmailId && context.Settings.FindMailbox(id) is { DeptId: > 0 } mailbox && mailbox.DeptId != ticket.DeptId)
                yield return mailbox;
        }
    }

    private HashSet<int> MailboxesOfTransfers(long threadId)
    {
        var mailboxes = new HashSet<int>();
        using var rows = context.Session.Query(TransfersSql, ("thread", threadId), ("event", context.Settings.EventId("transferred")));
        while (rows.Read())
            mailboxes.Add(rows.Int(0));
        return mailboxes;
    }
}
