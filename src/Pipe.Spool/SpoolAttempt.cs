namespace Pipe.Spool;

/// <summary>One attempt to deliver a message from the spool.</summary>
/// <param name="Message">The message, with its record as it is after the attempt.</param>
/// <param name="Trace">Facts for the log line.</param>
/// <param name="Result">How the delivery ended.</param>
/// <param name="Fate">What that meant for the message.</param>
public sealed record SpoolAttempt(KeptMessage Message, DeliveryTrace Trace, DeliveryResult Result, SpoolFate Fate);
