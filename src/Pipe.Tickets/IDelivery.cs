namespace Pipe.Tickets;

/// <summary>Takes a message to where tickets live: a ticket store or a remote help desk.</summary>
public interface IDelivery
{
    /// <summary>Delivers the message and returns only when the outcome is durable.</summary>
    /// <remarks>
    /// Expected failures come back as <see cref="DeliveryResult.Deferred"/>; an exception that escapes is a defect of ours
    /// and is turned into a deferral by the caller.
    /// </remarks>
    ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken);
}
