namespace Pipe.Tickets.Notifications;

/// <summary>A stored file that a mail carries.</summary>
/// <param name="Key">The file's key, by which HTML refers to it.</param>
/// <param name="Name">The file name.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Content">The bytes.</param>
public sealed record OutgoingFile(string Key, string Name, string MediaType, byte[] Content);
