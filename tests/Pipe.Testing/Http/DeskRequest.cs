namespace Pipe.Testing.Http;

/// <summary>A request as it reached the server.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Protocol">Such as "HTTP/1.1".</param>
/// <param name="Headers">The header fields, names in any case.</param>
/// <param name="Body">The body.</param>
public sealed record DeskRequest(
    string Method, string Target, string Protocol, IReadOnlyDictionary<string, string> Headers, byte[] Body);
