namespace Pipe.Spool;

/// <summary>Delivers the messages of a source, each once, however often it is begun.</summary>
/// <param name="source">The messages.</param>
/// <param name="delivery">Where they go. It does not throw but for cancellation, and keeps what can never be accepted.</param>
/// <param name="journal">Remembers what is done.</param>
/// <param name="clock">Waits.</param>
public sealed class MessageImport(IMessageSource source, IDelivery delivery, ImportJournal journal, TimeProvider clock)
{
    /// <summary>The bounds under which messages are read.</summary>
    public RawMessageOptions Message { get; init; } = new();

    /// <summary>Finds out what a message tells about its envelope.</summary>
    public Func<RawMessage, Envelope> EnvelopeOf { get; init; } = _ => new Envelope();

    /// <summary>How long to wait before each further try when the destination takes nothing; after the last one the import stops.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(15)];

    /// <summary>Called after each message that was tried.</summary>
    public Action<ImportAttempt>? Attempted { get; init; }

    /// <summary>Called after each message.</summary>
    public Action<ImportProgress>? Progressed { get; init; }

    /// <summary>Runs to the end of the source, or until the destination takes nothing any more.</summary>
    /// <exception cref="SpoolException">The source cannot be read, or the journal not written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is done is in the journal.</exception>
    public async ValueTask<ImportSummary> RunAsync(CancellationToken cancellationToken)
    {
        var summary = new ImportSummary();
        foreach (var message in source.Read())
        {
            await ImportAsync(message, summary, cancellationToken).ConfigureAwait(false);
            Progressed?.Invoke(new ImportProgress(message.Position(), source.Total, summary));
            if (summary.Stopped is not null)
                return summary;
        }

        if (summary.Failed == 0)
            journal.Complete();
        return summary;
    }

    private async ValueTask ImportAsync(SourcedMessage sourced, ImportSummary summary, CancellationToken cancellationToken)
    {
        RawMessage message;
        try
        {
            using var content = sourced.Open();
            message = await RawMessage.ReadAsync(content, Message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            var unread = new DeliveryResult.Deferred(DeferralCause.Unavailable, "the message cannot be read: " + ex.Message);
            summary.Failed++;
            Attempted?.Invoke(new ImportAttempt(sourced.Name, new Envelope(), 0, new DeliveryTrace(), unread));
            return;
        }

        using (message)
        {
            var envelope = EnvelopeOf(message);
            string key = DeliveryKey.Of(message, envelope);
            if (journal.Contains(key))
            {
                summary.DoneBefore++;
                return;
            }

            var context = new DeliveryContext(message, envelope, new DeliveryTrace());
            var result = message.Length == message.ContentOffset
                ? new DeliveryResult.Deferred(DeferralCause.EmptyInput, "the message is empty")
                : await DeliverAsync(context, cancellationToken).ConfigureAwait(false);
            if (Count(summary, result))
                journal.Add(key);
            Attempted?.Invoke(new ImportAttempt(sourced.Name, envelope, message.Length, context.Trace, result));
        }
    }

    private async ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            var result = await delivery.DeliverAsync(context, cancellationToken).ConfigureAwait(false);
            if (tries == Delays.Count || result is not DeliveryResult.Deferred { Cause: DeferralCause.Unavailable })
                return result;
            await Task.Delay(Delays[tries], clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // Whether the message is done.
    private static bool Count(ImportSummary summary, DeliveryResult result)
    {
        switch (result)
        {
            case DeliveryResult.Stored { As: StoredAs.NewTicket }:
                summary.NewTickets++;
                return true;
            case DeliveryResult.Stored { As: StoredAs.Duplicate }:
                summary.Duplicates++;
                return true;
            case DeliveryResult.Stored { As: StoredAs.Posted }:
                summary.Posted++;
                return true;
            case DeliveryResult.Stored:
                summary.Entries++;
                return true;
            case DeliveryResult.Discarded or DeliveryResult.Refused:
                summary.Refused++;
                return true;
            case DeliveryResult.Unacceptable:
                summary.Quarantined++;
                return true;
            case DeliveryResult.Deferred { Cause: DeferralCause.Internal or DeferralCause.EmptyInput }:
                summary.Failed++;
                return false;
            default:
                summary.Stopped = ((DeliveryResult.Deferred)result).Reason;
                return false;
        }
    }
}
