namespace Pipe.Tickets;

/// <summary>Reads a message as the help desk sees it.</summary>
public static class InboundMailReader
{
    /// <summary>Parses the message. Whatever the bytes are, there is a result: no mail is lost for being broken.</summary>
    /// <remarks>The attachments read from <paramref name="message"/>, which therefore has to outlive them.</remarks>
    /// <exception cref="IOException">The temporary file of a large message cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static InboundMail Read(
        RawMessage message, InboundMailOptions options, DeliveryTrace trace, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{message}{options}{trace}{cancellationToken}");
}
