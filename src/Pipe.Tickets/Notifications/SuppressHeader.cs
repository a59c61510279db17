namespace Pipe.Tickets.Notifications;

/// <summary>The header field X-Auto-Response-Suppress (MS-OXCMAIL section 2.1.3.4.2), by which senders ask for silence.</summary>
internal static class SuppressHeader
{
    private const string Name = "X-Auto-Response-Suppress:";

    /// <summary>Whether the field asks that no automatic answer be sent.</summary>
    public static bool ForbidsReplies(string header)
    {
        foreach (var line in header.AsSpan().EnumerateLines())
        {
            if (!AsciiText.StartsWithIgnoreCase(line, Name))
                continue;

            var value = line[Name.Length..];
            foreach (var range in value.Split(','))
            {
                var word = value[range].Trim();
                if (AsciiText.EqualsIgnoreCase(word, "All") || AsciiText.EqualsIgnoreCase(word, "AutoReply"))
                    return true;
            }
        }

        return false;
    }
}
