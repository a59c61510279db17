namespace Pipe.Tickets;

/// <summary>One message on its way, with what is known about it and what happened to it so far.</summary>
/// <param name="Message">The bytes as they came.</param>
/// <param name="Envelope">What the MTA said.</param>
/// <param name="Trace">Where the delivery notes facts for the log line.</param>
public sealed record DeliveryContext(RawMessage Message, Envelope Envelope, DeliveryTrace Trace);
