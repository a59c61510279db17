namespace Pipe.Commands.Setup;

/// <summary>An installation cannot be taken over as it is; the message says what to do.</summary>
internal sealed class TakeoverException(string message) : Exception(message);
