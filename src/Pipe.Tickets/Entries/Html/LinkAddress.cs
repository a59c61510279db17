using System.Globalization;
using System.Text;

namespace Pipe.Tickets.Entries.Html;

/// <summary>Addresses in href, src and other attributes.</summary>
internal static class LinkAddress
{
    private const string Denied = "denied:";

    /// <summary>The address; with "denied:" before it when its scheme is not among those allowed for the attribute.</summary>
    public static string Clean(string attribute, string address)
    {
        string trimmed = address.Trim();
        return SchemeOf(trimmed) is not { } scheme || IsAllowed(attribute, scheme) ? trimmed : Denied + trimmed;
    }

    /// <summary>The address with everything that RFC 3986 does not allow in it as %XX.</summary>
    public static string Escape(string address)
    {
        int first = 0;
        while (first < address.Length && IsUnescaped(address[first]))
            first++;
        if (first == address.Length)
            return address;

        var escaped = new StringBuilder(address.Length + 16).Append(address, 0, first);
        foreach (byte b in Encoding.UTF8.GetBytes(address[first..]))
        {
            if (b < 0x80 && IsUnescaped((char)b))
                escaped.Append((char)b);
            else
                escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    // Browsers skip control characters and blanks in and before a scheme, so they are not looked at here either. Whatever
    // stands before a colon is taken for a scheme, unless it is clearly part of a path, query or fragment.
    private static string? SchemeOf(string address)
    {
        var scheme = new StringBuilder();
        foreach (char c in address)
        {
            if (c == ':')
                return scheme.ToString();
            if (c is '/' or '?' or '#')
                return null;
            if (c > ' ' && c != '\u007f' && !char.IsWhiteSpace(c) && !char.IsControl(c))
                scheme.Append(char.ToLowerInvariant(c));
        }

        return null;
    }

    private static bool IsAllowed(string attribute, string scheme) => attribute switch
    {
        "href" => scheme is "aim" or "feed" or "file" or "ftp" or "gopher" or "http" or "https" or "irc" or "mailto" or "news"
            or "nntp" or "sftp" or "ssh" or "telnet",
        "src" => scheme is "cid" or "http" or "https",
        _ => scheme is "file" or "http" or "https",
    };

    private static bool IsUnescaped(char c) => char.IsAsciiLetterOrDigit(c)
        || c is '-' or '_' or '.' or '!' or '~' or '*' or '\'' or '(' or ')' or '@' or '/' or ':' or '=' or '?' or ';' or '#' or '%'
            or '&' or ',' or '+';
}
