using System.Globalization;
using Pipe.Spool.Platform;

namespace Pipe.Spool;

/// <summary>Delivers messages from the spool, and puts those that will never be delivered into the quarantine.</summary>
/// <remarks>
/// Before an attempt begins it is noted as failed, so that a message whose delivery ends the process is counted too. A message
/// that was delivered, but not removed because the process ended in between, is tried again: the destination recognises it.
/// </remarks>
/// <param name="spool">The messages that wait.</param>
/// <param name="quarantine">Where those go that cannot be delivered.</param>
/// <param name="options">Limits and delays.</param>
/// <param name="clock">Says when it is.</param>
public sealed class SpoolRunner(MessageFolder spool, MessageFolder quarantine, SpoolOptions options, TimeProvider clock)
{
    /// <summary>Called after each attempt.</summary>
    public Action<SpoolAttempt>? Attempted { get; init; }

    /// <summary>Where a ticket is opened for a message that goes to the quarantine; none is when <c>null</c>.</summary>
    public IDelivery? Notices { get; init; }

    /// <summary>Delivers messages that are due, the oldest first, until the destination takes no more or the limit is reached.</summary>
    /// <param name="delivery">Where to. It does not throw but for cancellation.</param>
    /// <param name="limit">How many attempts to make at most.</param>
    /// <param name="cancellationToken">Ends the run; the message at hand stays.</param>
    /// <exception cref="SpoolException">The spool cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<SpoolRun> RunAsync(IDelivery delivery, int limit, CancellationToken cancellationToken) =>
        RunAsync(delivery, spool.Ids(), limit, dueOnly: true, cancellationToken);

    /// <summary>Delivers these messages, due or not, until the destination takes no more.</summary>
    /// <exception cref="SpoolException">The spool cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<SpoolRun> RunAsync(IDelivery delivery, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        RunAsync(delivery, ids, ids.Count, dueOnly: false, cancellationToken);

    /// <summary>Delivers a message that this process has kept a moment ago.</summary>
    /// <param name="delivery">Where to. It does not throw but for cancellation.</param>
    /// <param name="id">The message's name in the spool.</param>
    /// <param name="context">The same message, read already, and where facts for the log are noted.</param>
    /// <param name="cancellationToken">Ends the attempt; the message stays.</param>
    /// <returns><c>null</c> when another process has it at hand.</returns>
    /// <exception cref="SpoolException">The spool cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<SpoolAttempt?> DeliverAsync(
        IDelivery delivery, string id, DeliveryContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var item = spool.TryLock(id);
        return item is not null && spool.Find(id) is { } message
            ? await AttemptAsync(delivery, message, context.Message, context.Trace, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async ValueTask<SpoolRun> RunAsync(
        IDelivery delivery, IReadOnlyList<string> ids, int limit, bool dueOnly, CancellationToken cancellationToken)
    {
        var run = new SpoolRun();
        if (ids.Count == 0)
            return run;

        using var slot = TakeSlot();
        run.Busy = slot is null;
        if (run.Busy)
            return run;

        spool.Sweep(clock.GetUtcNow());
        for (int i = 0, attempts = 0; i < ids.Count && attempts < limit && run.Stopped is null; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Another process may have taken it, or have delivered it since the list was made.
            using var item = spool.TryLock(ids[i]);
            if (item is null || spool.Find(ids[i]) is not { } message || (dueOnly && message.Record.NextAttempt > clock.GetUtcNow()))
                continue;

            attempts++;
            using var content = await ReadAsync(message, cancellationToken).ConfigureAwait(false);
            var attempt = await AttemptAsync(delivery, message, content, new DeliveryTrace(), cancellationToken).ConfigureAwait(false);
            Count(run, attempt);
            Attempted?.Invoke(attempt);
        }

        return run;
    }

    private static void Count(SpoolRun run, SpoolAttempt attempt)
    {
        switch (attempt.Fate)
        {
            case SpoolFate.Delivered:
                run.Delivered++;
                break;
            case SpoolFate.Quarantined:
                run.Quarantined++;
                break;
            default:
                run.Waiting++;
                break;
        }

        // What is not the message's fault will happen to the next one too.
        if (attempt.Result is DeliveryResult.Deferred deferred && !IsOwnFault(deferred))
            run.Stopped = deferred;
    }

    private static bool IsOwnFault(DeliveryResult.Deferred deferred) =>
        deferred.Cause is DeferralCause.Internal or DeferralCause.EmptyInput;

    private FileLock? TakeSlot()
    {
        for (int i = 0; i < options.Slots; i++)
        {
            if (spool.TryLockSlot(i) is { } slot)
                return slot;
        }

        return null;
    }

    private async ValueTask<SpoolAttempt> AttemptAsync(
        IDelivery delivery, KeptMessage message, RawMessage content, DeliveryTrace trace, CancellationToken cancellationToken)
    {
        var before = message.Record;
        var now = clock.GetUtcNow();
        message = spool.Update(message, before with
        {
            Attempts = before.Attempts + 1,
            Failures = before.Failures + 1,
            LastAttempt = now,
            NextAttempt = now + DelayAfter(before.Attempts + 1),
        });

        try
        {
            DeliveryResult result = Hopeless(content, before) is { } hopeless
                ? hopeless
                : await delivery.DeliverAsync(new DeliveryContext(content, before.Envelope, trace), cancellationToken).ConfigureAwait(false);
            return await SettleAsync(message, before, content, trace, result, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            spool.Update(message, before);
            throw;
        }
    }

    // An attempt that was begun and never ended took the process with it.
    private DeliveryResult.Unacceptable? Hopeless(RawMessage content, MessageRecord record)
    {
        if (content.Length == 0)
            return new DeliveryResult.Unacceptable("the file in the spool is empty");
        return record.Failures >= options.MaxFailures
            ? new DeliveryResult.Unacceptable(string.Create(CultureInfo.InvariantCulture, $"failed {record.Failures} times; its delivery ended the process"))
            : null;
    }

    private async ValueTask<SpoolAttempt> SettleAsync(
        KeptMessage message, MessageRecord before, RawMessage content, DeliveryTrace trace, DeliveryResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case DeliveryResult.Unacceptable unacceptable:
                message = await QuarantineAsync(message, content, unacceptable.Reason, cancellationToken).ConfigureAwait(false);
                return new SpoolAttempt(message, trace, result, SpoolFate.Quarantined);

            case DeliveryResult.Deferred deferred when IsOwnFault(deferred) && message.Record.Failures >= options.MaxFailures:
                string reason = string.Create(CultureInfo.InvariantCulture, $"failed {message.Record.Failures} times, the last time: {deferred.Reason}");
                message = await QuarantineAsync(message, content, reason, cancellationToken).ConfigureAwait(false);
                return new SpoolAttempt(message, trace, result, SpoolFate.Quarantined);

            case DeliveryResult.Deferred deferred:
                int failures = IsOwnFault(deferred) ? message.Record.Failures : before.Failures;
                message = spool.Update(message, message.Record with { Failures = failures, Reason = deferred.Reason });
                return new SpoolAttempt(message, trace, result, SpoolFate.Waiting);

            default:
                spool.Remove(message);
                return new SpoolAttempt(message, trace, result, SpoolFate.Delivered);
        }
    }

    private async ValueTask<KeptMessage> QuarantineAsync(
        KeptMessage message, RawMessage content, string reason, CancellationToken cancellationToken)
    {
        var kept = quarantine.Keep(content, message.Record with { Reason = reason, NextAttempt = null });
        if (Notices is not null && kept.Record.TicketNumber is null)
        {
            using var notice = await MessageNotice.CreateAsync(content, kept.Record, kept.Id, options.Message, cancellationToken).ConfigureAwait(false);
            var context = new DeliveryContext(notice, kept.Record.Envelope with { Sender = "" }, new DeliveryTrace());
            if (await Notices.DeliverAsync(context, cancellationToken).ConfigureAwait(false) is DeliveryResult.Stored stored)
                kept = quarantine.Update(kept, kept.Record with { TicketNumber = stored.TicketNumber });
        }

        spool.Remove(message);
        return kept;
    }

    private async ValueTask<RawMessage> ReadAsync(KeptMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var file = spool.Open(message);
            return await RawMessage.ReadAsync(file, options.Message, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException ex)
        {
            throw new SpoolException($"cannot read the message {message.Id} in {spool.Path}: {ex.Message}", ex);
        }
    }

    // Doubling, and up to a quarter more by chance, so that what failed together does not come back together.
    private TimeSpan DelayAfter(int attempts)
    {
        double factor = Math.Pow(2, Math.Min(attempts - 1, 30));
        var delay = options.FirstDelay * factor;
        return (delay < options.MaxDelay ? delay : options.MaxDelay) * (1 + Random.Shared.NextDouble() / 4);
    }
}
