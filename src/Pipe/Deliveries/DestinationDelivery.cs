using Pipe.Configuration;
using Pipe.Notifications;

namespace Pipe.Deliveries;

/// <summary>Takes messages to the destination, which is opened by the first one.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="sources">The machine.</param>
/// <param name="outgoing">Takes the mails that tickets cause; <c>null</c> for none.</param>
internal sealed class DestinationDelivery(Settings settings, SettingsSources sources, OutgoingDesk? outgoing) : IDelivery, IDisposable
{
    private Destination? _destination;

    /// <inheritdoc/>
    public ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken)
    {
        DeliveryResult.Deferred? failure = null;
        _destination ??= Destination.Open(settings, sources, outgoing, out failure);
        return _destination is null
            ? ValueTask.FromResult<DeliveryResult>(failure!)
            : _destination.Delivery.DeliverAsync(context, cancellationToken);
    }

    /// <summary>Opens the destination if it can be, so that mails which wait know their accounts; nothing is connected to.</summary>
    public void Prepare() => _destination ??= Destination.Open(settings, sources, outgoing, out _);

    /// <inheritdoc/>
    public void Dispose() => _destination?.Dispose();
}
