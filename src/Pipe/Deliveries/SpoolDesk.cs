using Pipe.Configuration;
using Pipe.Logging;
using Pipe.Spool;
using Serilog.Events;

namespace Pipe.Deliveries;

/// <summary>Delivers a message by way of the spool where the settings or the caller ask for it, and what waits there.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="sources">The machine.</param>
/// <param name="postmaster">Takes messages to their destination.</param>
/// <param name="log">Gets a line for each message from the spool.</param>
internal sealed class SpoolDesk(Settings settings, SettingsSources sources, Postmaster postmaster, DeliveryLog log)
{
    private readonly GuardedDelivery _guarded = new(postmaster, log);
    private readonly GuardedDelivery _notices = new(postmaster.Destination, log);

    /// <summary>Delivers a message; where it may be kept and cannot be delivered now, it is in the spool afterwards.</summary>
    /// <exception cref="OperationCanceledException">The time was over, and the message is not in the spool.</exception>
    public DeliveryResult Deliver(DeliveryContext context, CancellationToken cancellationToken)
    {
        string caller = context.Envelope.Caller;
        if (SpoolPolicy.KeepsFirst(settings, caller) && Keep(context, "it was kept before its delivery began") is DeliveryResult.Spooled spooled)
            return DeliverKept(spooled, context, cancellationToken);

        DeliveryResult result;
        try
        {
            result = _guarded.DeliverAsync(context, cancellationToken).Complete();
        }
        catch (OperationCanceledException) when (SpoolPolicy.Keeps(settings, caller))
        {
            result = new DeliveryResult.Deferred(DeferralCause.Deadline, "not done in time");
        }

        return result is DeliveryResult.Deferred deferred ? KeepOrDefer(context, deferred) : result;
    }

    /// <summary>Keeps a message that cannot be delivered now, where it may be kept.</summary>
    /// <returns>A <see cref="DeliveryResult.Spooled"/>, or the deferral as it was.</returns>
    public DeliveryResult KeepOrDefer(DeliveryContext context, DeliveryResult.Deferred deferred) =>
        SpoolPolicy.Keeps(settings, context.Envelope.Caller, deferred.Cause) && Keep(context, deferred.Reason) is { } spooled ? spooled : deferred;

    /// <summary>Delivers a few of the messages that wait and are due.</summary>
    public void DeliverWaiting(CancellationToken cancellationToken)
    {
        if (settings.Spool == "off" || settings.SpoolBatch == 0
            || KeptMessages.Spool(settings, sources) is not { } spool || !Directory.Exists(spool.Path)
            || Runner(spool, Log) is not { } runner)
            return;

        try
        {
            _ = runner.RunAsync(_guarded, settings.SpoolBatch, cancellationToken).Complete();
        }
        catch (OperationCanceledException)
        {
            // What is left waits for the next invocation.
        }
        catch (SpoolException ex)
        {
            log.Error(ex.Message);
        }
    }

    /// <summary>What delivers from the spool; <c>null</c> when there is no folder for the quarantine.</summary>
    public SpoolRunner? Runner(MessageFolder spool, Action<SpoolAttempt>? attempted)
    {
        if (KeptMessages.Quarantine(settings, sources) is { } quarantine)
        {
            return new SpoolRunner(spool, quarantine, KeptMessages.Options(settings), TimeProvider.System)
            {
                Notices = settings.Url is null ? _notices : null,
                Attempted = attempted,
            };
        }

        log.Error("no folder for the quarantine can be written; set quarantine");
        return null;
    }

    /// <summary>Writes the log line of a message from the spool.</summary>
    public void Log(SpoolAttempt attempt)
    {
        var elapsed = TimeSpan.Zero;
        foreach (var stage in attempt.Trace.Stages)
            elapsed += stage.Value;
        var result = attempt.Fate == SpoolFate.Quarantined ? new DeliveryResult.Unacceptable(attempt.Message.Record.Reason) : attempt.Result;
        var line = new OutcomeLine(result, exitCode: null, attempt.Trace, attempt.Message.Record.Envelope, attempt.Message.Length, elapsed);
        foreach (string warning in attempt.Trace.Warnings)
            log.Write(LogEventLevel.Warning, "odd", line.Warning(warning));
        log.Write(
            attempt.Fate == SpoolFate.Quarantined ? LogEventLevel.Error : LogEventLevel.Information,
            "spooled message",
            [DeliveryLog.Property("spool", attempt.Message.Id), DeliveryLog.Property("attempt", attempt.Message.Record.Attempts), .. line.Properties()]);
    }

    private DeliveryResult.Spooled? Keep(DeliveryContext context, string reason)
    {
        if (KeptMessages.Spool(settings, sources) is not { } spool)
        {
            context.Trace.Warn("no folder for the spool can be written; set spoolFolder");
            return null;
        }

        try
        {
            var kept = spool.Keep(context.Message, new MessageRecord { Envelope = context.Envelope, Reason = reason, Arrived = DateTimeOffset.UtcNow });
            context.Trace.EndStage("spool");
            return new DeliveryResult.Spooled(kept.Id, reason);
        }
        catch (SpoolException ex)
        {
            context.Trace.Warn(ex.Message);
            return null;
        }
    }

    private DeliveryResult DeliverKept(DeliveryResult.Spooled spooled, DeliveryContext context, CancellationToken cancellationToken)
    {
        if (KeptMessages.Spool(settings, sources) is not { } spool || Runner(spool, attempted: null) is not { } runner)
            return spooled;

        try
        {
            var attempt = runner.DeliverAsync(_guarded, spooled.Id, context, cancellationToken).Complete();
            return attempt switch
            {
                null => spooled,
                { Fate: SpoolFate.Waiting, Result: DeliveryResult.Deferred deferred } => spooled with { Reason = deferred.Reason },
                _ => attempt.Result,
            };
        }
        catch (OperationCanceledException)
        {
            return spooled with { Reason = "not done in time" };
        }
        catch (SpoolException ex)
        {
            context.Trace.Warn(ex.Message);
            return spooled;
        }
    }
}
