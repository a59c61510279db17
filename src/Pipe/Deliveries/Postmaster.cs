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
    private readonly DestinationDelivery _destination = new(settings, sources, outgoing);

    /// <summary>The destination by itself: nothing is put into quarantine on the way.</summary>
    public IDelivery Destination => _destination;

    /// <summary>Delivers, and keeps in the quarantine folder what only a person can deal with.</summary>
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    public ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Deliver(context, cancellationToken));

    /// <summary>Opens the destination if it can be, so that mails which wait know their accounts; nothing is connected to.</summary>
    public void Prepare() => _destination.Prepare();

    /// <inheritdoc/>
    public void Dispose() => _destination.Dispose();

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

        var result = _destination.DeliverAsync(context, cancellationToken).Complete();
        if (result is not DeliveryResult.Unacceptable unacceptable || settings.UsesPostfixExitCodes)
            return result;
        return OpenTicketWith(context, unacceptable.Reason, cancellationToken) ?? Quarantine(context, unacceptable.Reason) ?? result;
    }

    private static string OversizedReason(RawMessage message) =>
        $"the message has {message.Length} bytes, more than the {message.MaxBytes} allowed";

    // In our own store nothing is lost to view: what cannot be read is a ticket with the message attached. What osTicket's database
    // and its API hold is what osTicket itself would hold.
    private DeliveryResult.Stored? OpenTicketWith(DeliveryContext context, string reason, CancellationToken cancellationToken)
    {
        if (settings.Url is not null || settings.OsTicket is not null)
            return null;

        var record = new MessageRecord { Envelope = context.Envelope, Reason = reason, Arrived = DateTimeOffset.UtcNow };
        using var notice = MessageNotice.CreateAsync(context.Message, record, keptAs: null, KeptMessages.Bounds(settings), cancellationToken)
            .GetAwaiter().GetResult();
        var result = _destination.DeliverAsync(context with { Message = notice, Envelope = context.Envelope with { Sender = "" } }, cancellationToken).Complete();
        if (result is not DeliveryResult.Stored stored)
            return null;
        context.Trace.Warn("stored as a ticket with the message attached: " + reason);
        return stored;
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
