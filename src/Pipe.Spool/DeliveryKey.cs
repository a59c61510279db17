using System.Text;
using Pipe.Tickets.Identity;

namespace Pipe.Spool;

/// <summary>What makes two deliveries the same one: the content of the message, and whom it is for.</summary>
internal static class DeliveryKey
{
    /// <summary>Computes the key of a delivery: 64 hexadecimal digits.</summary>
    /// <exception cref="IOException">The temporary file that holds a large message cannot be read.</exception>
    public static string Of(RawMessage message, Envelope envelope)
    {
        string identity = $"{ContentHash.Compute(message)}\n{envelope.Recipient ?? envelope.OriginalRecipient}";
        return Convert.ToHexStringLower(Digests.Sha256(Encoding.UTF8.GetBytes(identity)));
    }
}
