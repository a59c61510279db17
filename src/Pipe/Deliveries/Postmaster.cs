using Pipe.Configuration;
using Pipe.Spool;

namespace Pipe.Deliveries;

/// <summary>Hands a message to its destination and takes care of what the destination cannot take.</summary>
internal sealed class Postmaster(Settings settings, SettingsSources sources)
{
    /// <summary>Delivers, and keeps in the quarantine folder what only a person can deal with.</summary>
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    public DeliveryResult Deliver(DeliveryContext context, CancellationToken cancellationToken)
    {
        if (context.Message.IsOversized)
        {
            if (settings.Oversized == "defer")
                return new DeliveryResult.Deferred(DeferralCause.Configuration, OversizedReason(context.Message));

            // The whole message is safe before any part of it is delivered.
            if (Quarantine(context, OversizedReason(context.Message)) is { } deferred)
                return deferred;
            if (settings.Oversized == "quarantine")
                return new DeliveryResult.Discarded(OversizedReason(context.Message));
        }

        var result = Attempt(context, cancellationToken);
        return result is DeliveryResult.Unacceptable unacceptable && !settings.UsesPostfixExitCodes
            ? Quarantine(context, unacceptable.Reason) ?? result
            : result;
    }

    private static string OversizedReason(RawMessage message) =>
        $"the message has {message.Length} bytes, more than the {message.MaxBytes} allowed";

    private DeliveryResult Attempt(DeliveryContext context, CancellationToken cancellationToken)
    {
        using var destination = Destination.Open(settings, sources, out var failure);
        if (destination is null)
            return failure!;

        var pending = destination.Delivery.DeliverAsync(context, cancellationToken);
        return pending.IsCompleted ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
    }

    private DeliveryResult.Deferred? Quarantine(DeliveryContext context, string reason)
    {
        if ((settings.Quarantine ?? DataFolder.Locate("quarantine", sources.Environment)) is not { } folder)
            return new DeliveryResult.Deferred(DeferralCause.Configuration, "no folder for the quarantine can be written; set quarantine");

        try
        {
            var record = new MessageRecord { Envelope = context.Envelope, Reason = reason, Arrived = DateTimeOffset.UtcNow };
            var kept = new MessageFolder(folder).Keep(context.Message, record);
            context.Trace.Warn($"kept as {kept.Path}: {reason}");
            return null;
        }
        catch (SpoolException ex)
        {
            return new DeliveryResult.Deferred(DeferralCause.Unavailable, $"{reason}; {ex.Message}");
        }
    }
}
