namespace Pipe.Store;

/// <summary>One place to look for the database server: a Unix socket, or a host and port.</summary>
/// <param name="Host">A host name or address without brackets; "localhost" alone means the local socket, as PHP takes it.</param>
/// <param name="Port">The TCP port, or <c>null</c> when none is named.</param>
/// <param name="Socket">The path of a Unix socket, or <c>null</c>.</param>
public sealed record DatabaseTarget(string Host, int? Port = null, string? Socket = null);
