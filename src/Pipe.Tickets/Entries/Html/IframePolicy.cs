namespace Pipe.Tickets.Entries.Html;

/// <summary>Which sites may be shown inside of an entry.</summary>
internal static class IframePolicy
{
    /// <summary>Whether the address is of one of these hosts, with or without "www.", over HTTP or HTTPS.</summary>
    public static bool IsAllowed(string src, IReadOnlyList<string> hosts)
    {
        string absolute = src.StartsWith("//", StringComparison.Ordinal) ? "https:" + src : src;
        if (!Uri.TryCreate(absolute, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
            return false;

        foreach (string host in hosts)
        {
            if (uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
                || uri.Host.Equals("www." + host, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
