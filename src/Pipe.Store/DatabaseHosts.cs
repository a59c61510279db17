using System.Globalization;

namespace Pipe.Store;

/// <summary>The forms of osTicket's <c>DBHOST</c>.</summary>
internal static class DatabaseHosts
{
    private const string PersistentPrefix = "p:";

    /// <summary>
    /// The servers to try in order: "host", "host:3306", "host:/path/to/socket", ":/socket", "[address]:3306", with "p:" in
    /// front or not, and several of them with commas between.
    /// </summary>
    public static IReadOnlyList<DatabaseTarget> Parse(string hosts)
    {
        var targets = new List<DatabaseTarget>();
        foreach (string host in hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            targets.Add(ParseOne(host.StartsWith(PersistentPrefix, StringComparison.OrdinalIgnoreCase) ? host[PersistentPrefix.Length..] : host));
        return targets;
    }

    private static DatabaseTarget ParseOne(string host)
    {
        if (host.StartsWith('/'))
            return new DatabaseTarget("localhost", Socket: host);
        if (host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var close)
            return new DatabaseTarget(host[1..close], Port(host.AsSpan(close + 1).TrimStart(':')));

        int colon = host.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return new DatabaseTarget(host);
        // More than one colon and no brackets: an IPv6 address as it is, without a port.
        if (host.IndexOf(':', colon + 1) >= 0 && !host.AsSpan(colon + 1).StartsWith("/"))
            return new DatabaseTarget(host);

        string name = colon == 0 ? "localhost" : host[..colon];
        string rest = host[(colon + 1)..];
        return rest.StartsWith('/') ? new DatabaseTarget(name, Socket: rest) : new DatabaseTarget(name, Port(rest));
    }

    private static int? Port(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536 ? port : null;
}
