using Pipe.Store.Settings;
using Pipe.Tickets.Numbers;

namespace Pipe.Store.Intake;

/// <summary>Hands out ticket numbers that no ticket has.</summary>
internal sealed class TicketNumbers(IntakeContext context)
{
    private const string ExistsSql = "SELECT 1 FROM $ticket WHERE number = @number LIMIT 1";

    private const string SequenceSql = "SELECT next, increment, padding FROM $sequence WHERE id = @id";

    private const string AdvanceSql = "UPDATE $sequence SET next = @next, updated = @now WHERE id = @id";

    private const string DefaultFormat = "######";

    private const int MaxTries = 10_000;

    /// <summary>A random number, held for this session until it ends; <c>null</c> where numbers come from a sequence.</summary>
    /// <remarks>To be called outside of a transaction, so that numbers which others have just written are seen.</remarks>
    public string? ReserveRandom(HelpTopic? topic)
    {
        var (format, sequenceId) = Rule(topic);
        if (sequenceId > 0 && SequenceExists(sequenceId))
            return null;
        for (int i = 0; i < MaxTries; i++)
        {
            string number = format.Random();
            if (context.Session.Dialect.TryReserveNumber(context.Session, number))
                return number;
        }

        throw new StoreException("no random ticket number is free any more; the number format needs more digits") { Cause = DeferralCause.Configuration };
    }

    /// <summary>The next number of the sequence; the sequence stays locked until the transaction ends.</summary>
    public string TakeFromSequence(HelpTopic? topic)
    {
        var (format, sequenceId) = Rule(topic);
        var (next, increment, padding) = Read(sequenceId);
        string number;
        do
        {
            number = format.Format(next, padding);
            next += increment;
        }
        while (Exists(number));

        context.Session.Execute(AdvanceSql, ("next", next), ("now", context.Clock.Timestamp), ("id", sequenceId));
        return number;
    }

    private (TicketNumberFormat Format, int SequenceId) Rule(HelpTopic? topic) => topic is { HasOwnNumbers: true }
        ? (new TicketNumberFormat(topic.NumberFormat.Length > 0 ? topic.NumberFormat : DefaultFormat), topic.SequenceId)
        : (new TicketNumberFormat(context.Settings.Text("ticket_number_format")), context.Settings.Number("ticket_sequence_id"));

    private bool Exists(string number) => context.Session.Scalar(ExistsSql, ("number", number)) is not null;

    private bool SequenceExists(int id) => context.Session.Scalar(SequenceSql, ("id", id)) is not null;

    private (long Next, long Increment, char Padding) Read(int id)
    {
        using var rows = context.Session.Query(SequenceSql + context.Session.Dialect.ForUpdate, ("id", id));
        if (!rows.Read())
            throw new StoreException("the sequence of the ticket numbers has gone");
        return (rows.Long(0), rows.Long(1) is not 0 and var increment ? increment : 1, rows.Text(2) is [var padding, ..] ? padding : '0');
    }
}
