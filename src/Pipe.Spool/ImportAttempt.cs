namespace Pipe.Spool;

/// <summary>One message of an import that was tried.</summary>
/// <param name="Name">Where it is in the source.</param>
/// <param name="Envelope">The envelope as far as the message tells it.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Trace">Facts for the log line.</param>
/// <param name="Result">How the delivery ended.</param>
public sealed record ImportAttempt(string Name, Envelope Envelope, long Length, DeliveryTrace Trace, DeliveryResult Result);
