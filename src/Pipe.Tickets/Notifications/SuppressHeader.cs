namespace Pipe.Tickets.Notifications;

/// <summary>The header field X-Auto-Response-Suppress (MS-OXCMAIL section 2.1.3.4.2), by which senders ask for silence.</summary>
internal static class SuppressHeader
{
    private const string Name = "X-Auto-Response-Suppress:";

    /// <summary>Whether the field asks that no automatic answer be sent.</summary>
    public static bool ForbidsReplies(string header)
    {
        bool isInside = false;
        foreach (var line in header.AsSpan().EnumerateLines())
        {
            bool isFirst = AsciiText.StartsWithIgnoreCase(line, Name);
            isInside = isFirst || (isInside && line.StartsWith(' ')) || (isInside && line.StartsWith('\t'));
            if (!isInside)
                continue;

            var value = isFirst ? line[Name.Length..] : line;
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
