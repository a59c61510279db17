using System.Diagnostics.CodeAnalysis;
using Pipe.Logging;

namespace Pipe.Deliveries;

/// <summary>Makes a deferral of an error that nobody expected, so that one message does not end the delivery of others.</summary>
internal sealed class GuardedDelivery(IDelivery delivery, DeliveryLog log) : IDelivery
{
    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "What nobody has a name for is noted, counted against the message, and logged.")]
    public async ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await delivery.DeliverAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception ex)
        {
            log.Error("the delivery broke off", ex);
            return new DeliveryResult.Deferred(DeferralCause.Internal, ex.Message);
        }
    }
}
