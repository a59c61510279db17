using Pipe.Tickets.Identity;

namespace Pipe.Remote;

/// <summary>The Message-ID that a message without one is posted with.</summary>
internal static class DerivedMessageId
{
    private const int Digits = 32;

    /// <summary>An id that follows from the content, so that a second delivery of the message is recognised.</summary>
    /// <exception cref="IOException">The temporary file that holds a large message cannot be read.</exception>
    public static string Of(RawMessage message) => $"<{ContentHash.Compute(message)[..Digits]}@pipe.local>";
}
