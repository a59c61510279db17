using System.Globalization;

namespace Pipe.MySql.Session;

/// <summary>One place to connect to: a host and a port, or the path of a Unix socket.</summary>
/// <param name="Host">Host name or address; empty for a socket.</param>
/// <param name="Port">TCP port.</param>
/// <param name="SocketPath">Path of the socket, or null for TCP.</param>
internal readonly record struct ServerAddress(string Host, int Port, string? SocketPath)
{
    // Where packages put the socket: Debian and Ubuntu; RHEL, cPanel and Plesk; MySQL's own builds.
    private static readonly string[] DefaultSockets =
        ["/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/tmp/mysql.sock"];

    public override string ToString() => SocketPath ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>The addresses that the option Server names, in the order in which they are tried.</summary>
    /// <remarks>
    /// Besides <c>host</c> and comma lists the forms of osTicket's and PHP's settings are understood: <c>host:port</c>,
    /// <c>host:/path/to/socket</c>, <c>:/path</c>, <c>[IPv6]:port</c> and the prefix <c>p:</c>.
    /// </remarks>
    public static List<ServerAddress> ParseAll(ConnectionOptions options)
    {
        var addresses = new List<ServerAddress>();
        foreach (var part in options.Server.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            addresses.Add(Parse(part, options));
        if (addresses.Count == 0)
            addresses.Add(Parse("localhost", options));
        return addresses;
    }

    private static ServerAddress Parse(string text, ConnectionOptions options)
    {
        if (text.StartsWith("p:", StringComparison.OrdinalIgnoreCase))
            text = text[2..];
        if (options.Protocol == MySqlConnectionProtocol.UnixSocket || text.StartsWith('/'))
            return new ServerAddress("", 0, text);

        var (host, rest) = Split(text);
        if (rest.StartsWith('/'))
            return new ServerAddress("", 0, rest);

        var port = options.Port;
        if (rest.Length > 0 && !(uint.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue))
            throw new ArgumentException($"'{text}' is neither host:port nor host:/path/to/socket.");

        // PHP and the C client take the local socket for "localhost", and TCP once a port is named.
        var isLocalhost = host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (isLocalhost && port == 0 && options.Protocol is null && Array.Find(DefaultSockets, File.Exists) is { } socket)
            return new ServerAddress("", 0, socket);
        return new ServerAddress(isLocalhost ? "localhost" : host, (int)(port == 0 ? ConnectionOptions.DefaultPort : port), null);
    }

    private static (string Host, string PortOrPath) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var bracket)
            return (text[1..bracket], text[(bracket + 1)..].TrimStart(':'));

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // More colons and no path: an IPv6 address without brackets.
        return colon < 0 || (text.IndexOf(':', colon + 1) > 0 && text[colon + 1] != '/' && !text.Contains(":/", StringComparison.Ordinal))
            ? (text, "")
            : (text[..colon], text[(colon + 1)..]);
    }
}
