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

    private const string TakenSql = "SELECT number FROM $ticket WHERE number IN (";

    private const int MaxTries = 10_000;

    // Fewer tickets are read in less time than a file.
    private const int MinTicketsForReserve = 5_000;

    // The reserve that had no number for this ticket.
    private (NumberReserve Reserve, TicketNumberFormat Format)? _empty;

    /// <summary>A random number, held for this session until it ends; <c>null</c> where numbers come from a sequence.</summary>
    /// <remarks>To be called outside of a transaction, so that numbers which others have just written are seen.</remarks>
    public string? ReserveRandom(HelpTopic? topic)
    {
        var (format, sequenceId) = Rule(topic);
        if (sequenceId > 0 && SequenceExists(sequenceId))
            return null;
        var reserve = OpenReserve();
        if (reserve is not null && TakeReserved(reserve, format) is { } reserved)
            return reserved;
        for (int i = 0; i < MaxTries; i++)
        {
            string number = format.Random();
            if (context.Session.Dialect.TryReserveNumber(context.Session, number))
            {
                _empty = reserve is null ? null : (reserve, format);
                return number;
            }
        }

        throw new StoreException("no random ticket number is free any more; the number format needs more digits") { Cause = DeferralCause.Configuration };
    }

    /// <summary>Looks for the numbers of the next tickets too, where a look takes long and no number was left.</summary>
    /// <param name="newestTicket">The id of the ticket that was just opened.</param>
    /// <param name="newestNumber">Its number.</param>
    public void LookAhead(long newestTicket, string newestNumber)
    {
        if (newestTicket < MinTicketsForReserve || _empty is not var (reserve, format))
            return;

        var numbers = new HashSet<string>(NumberReserve.Size, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < NumberReserve.Size; i++)
            numbers.Add(format.Random());
        string[] asked = [.. numbers];
        using (var rows = context.Session.Query(TakenSql + SqlList.Names("n", asked.Length) + ")", SqlList.Arguments("n", asked)))
        {
            while (rows.Read())
                numbers.Remove(rows.Text(0));
        }

        reserve.Fill(format.ToString(), newestTicket, newestNumber, numbers);
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

    private NumberReserve? OpenReserve() =>
        context.Session.Dialect.ScansForNumbers && context.Session.Options.FreeNumbersFile?.Invoke() is { } file ? new NumberReserve(file) : null;

    private string? TakeReserved(NumberReserve reserve, TicketNumberFormat format)
    {
        while (reserve.Take(format.ToString()) is { } free)
        {
            switch (context.Session.Dialect.TryReserveNumber(context.Session, free))
            {
                case true:
                    return free.Number;
                case null:
                    reserve.Discard();
                    return null;
            }
        }

        return null;
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
