namespace Pipe.Spool;

/// <summary>A message in a folder of kept messages.</summary>
/// <param name="Id">Its name there: letters, digits and hyphens. Older messages sort before younger ones.</param>
/// <param name="Path">The file with its bytes as they came.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Record">What is kept beside it.</param>
public sealed record KeptMessage(string Id, string Path, long Length, MessageRecord Record);
