namespace Pipe.Tickets.Entries.Html;

/// <summary>The addresses of images.</summary>
internal static class ImageSource
{
    /// <summary>Whether an image may stay: a file of the mail, or one whose address ends like an image's.</summary>
    public static bool IsKept(string src) =>
        src.Contains("cid:", StringComparison.OrdinalIgnoreCase) || ExtensionOf(src) is "gif" or "png" or "jpg" or "jpeg";

    /// <summary>The Content-ID that the address may name: behind "cid:", or all of an address without scheme and path.</summary>
    public static string? ContentIdOf(string src)
    {
        if (src.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            return src.Length > "cid:".Length ? Uri.UnescapeDataString(src["cid:".Length..]) : null;

        return src.AsSpan().ContainsAny("/:?#") ? null : src;
    }

    /// <summary>The file key in an address of the help desk's own download page, or <c>null</c>.</summary>
    public static string? FileKeyOf(string src, string? helpDeskUrl)
    {
        if (string.IsNullOrEmpty(helpDeskUrl) || !src.StartsWith(helpDeskUrl, StringComparison.OrdinalIgnoreCase))
            return null;

        int page = src.IndexOf("file.php?", helpDeskUrl.Length, StringComparison.Ordinal);
        if (page < 0)
            return null;

        foreach (string parameter in src[(page + "file.php?".Length)..].Split('&'))
        {
            if (parameter.StartsWith("key=", StringComparison.Ordinal) && parameter.Length > "key=".Length)
                return parameter["key=".Length..];
        }

        return null;
    }

    // What stands behind the last dot of the path, up to the first character that is no letter.
    private static string ExtensionOf(string src)
    {
        var path = src.AsSpan();
        int end = path.IndexOfAny('?', '#');
        path = end < 0 ? path : path[..end];
        int host = path.IndexOf("//");
        if (host >= 0)
        {
            int slash = path[(host + 2)..].IndexOf('/');
            path = slash < 0 ? [] : path[(host + 2 + slash)..];
        }

        path = path[(path.LastIndexOf('.') + 1)..];
        int length = 0;
        while (length < path.Length && char.IsAsciiLetter(path[length]))
            length++;
        return path[..length].ToString();
    }
}
