using Pipe.Configuration;
using Pipe.Notifications;
using Pipe.Spool;

namespace Pipe.Deliveries;

/// <summary>Hands a message to its destination and takes care of what the destination cannot take.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="sources">The machine.</param>
/// <param name="outgoing">Takes the mails that tickets cause; <c>null</c> for none.</param>
internal sealed class Postmaster(Settings settings, SettingsSources sources, OutgoingDesk? outgoing) : IDelivery, IDisposable
{
    private Destination? _destination;

    /// <summary>Delivers, and keeps in the quarantine folder what only a person can deal with.</summary>
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    public ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Deliver(context, cancellationToken));

    /// <summary>Opens the destination if it can be, so that mails which wait know their accounts; nothing is connected to.</summary>
    public void Prepare() => _destination ??= Destination.Open(settings, sources, outgoing, out _);

    /// <inheritdoc/>
    public void Dispose() => _destination?.Dispose();

    private DeliveryResult Deliver(DeliveryContext context, CancellationToken cancellationToken)
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
        DeliveryResult.Deferred? failure = null;
        _destination ??= Destination.Open(settings, sources, outgoing, out failure);
        if (_destination is null)
            return failure!;

        var pending = _destination.Delivery.DeliverAsync(context, cancellationToken);
        return pending.IsCompleted ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
    }

    private DeliveryResult.Deferred? Quarantine(DeliveryContext context, string reason)
    {
        if (KeptMessages.Quarantine(settings, sources) is not { } quarantine)
            return new DeliveryResult.Deferred(DeferralCause.Configuration, "no folder for the quarantine can be written; set quarantine");

        try
        {
            var record = new MessageRecord { Envelope = context.Envelope, Reason = reason, Arrived = DateTimeOffset.UtcNow };
            var kept = quarantine.Keep(context.Message, record);
            context.Trace.Warn($"kept as {kept.Path}: {reason}");
            return null;
        }
        catch (SpoolException ex)
        {
            return new DeliveryResult.Deferred(DeferralCause.Unavailable, $"{reason}; {ex.Message}");
        }
    }
}
