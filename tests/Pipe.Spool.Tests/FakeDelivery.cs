using System.Text;

namespace Pipe.Spool.Tests;

/// <summary>A destination that answers as told and remembers what it was given.</summary>
internal sealed class FakeDelivery(Func<int, DeliveryResult> answer) : IDelivery
{
    public static readonly DeliveryResult Stored = new DeliveryResult.Stored("123456", StoredAs.NewTicket);
    public static readonly DeliveryResult Down = new DeliveryResult.Deferred(DeferralCause.Unavailable, "the store is down");
    public static readonly DeliveryResult Broken = new DeliveryResult.Deferred(DeferralCause.Internal, "an error of ours");

    public FakeDelivery(DeliveryResult answer)
        : this(_ => answer)
    {
    }

    public List<string> Messages { get; } = [];

    public List<Envelope> Envelopes { get; } = [];

    public ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Message.OpenWhole(), Encoding.Latin1);
        Messages.Add(reader.ReadToEnd());
        Envelopes.Add(context.Envelope);
        return ValueTask.FromResult(answer(Messages.Count));
    }
}
