namespace Pipe.Spool;

/// <summary>A message in a source.</summary>
/// <param name="Name">Where it is, for people: a path, or a path and the offset in it.</param>
/// <param name="Position">How much of the source ends with this message, in the unit of <see cref="IMessageSource.Total"/>.</param>
/// <param name="Open">
/// Opens its bytes, an mbox separator line first if there is one; an <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/> is this message's. An mbox can be read once only, before the next message is asked for.
/// </param>
public sealed record SourcedMessage(string Name, Func<long> Position, Func<Stream> Open);
