namespace Pipe.Tickets.Notifications;

/// <summary>In-Reply-To and References of a mail that answers a message (RFC 5322 section 3.6.4).</summary>
internal static class ReplyHeaders
{
    private const int MaxReferences = 20;
    private const int MaxIds = 1000;
    private const int MaxIdLength = 900;

    /// <summary>The msg-id with its angle brackets, or <c>null</c> when the message's is none that a header may hold.</summary>
    public static string? InReplyTo(InboundMail mail)
    {
        var ids = Ids(mail.MessageId);
        if (ids.Count > 0)
            return ids[0];

        // Copiers leave out the angle brackets, or one of them.
        var bare = mail.MessageId.AsSpan().Trim(" \t<>");
        return bare.Contains('@') && IsValid(bare) ? $"<{bare}>" : null;
    }

    /// <summary>The message's own references and its msg-id; of many the first and the newest.</summary>
    public static IReadOnlyList<string> References(InboundMail mail)
    {
        if (InReplyTo(mail) is not { } own)
            return [];

        string field = mail.References ?? mail.InReplyTo ?? "";
        var ids = Ids(field);
        if (ids.Count == 0)
            ids = BareIds(field);
        ids.Remove(own);
        if (ids.Count >= MaxReferences)
            ids.RemoveRange(1, ids.Count - MaxReferences + 1);
        ids.Add(own);
        return ids;
    }

    private static List<string> Ids(string field)
    {
        var ids = new List<string>();
        int close = -1;
        for (int open = field.IndexOf('<', StringComparison.Ordinal); open >= 0 && ids.Count < MaxIds; open = field.IndexOf('<', open + 1))
        {
            if (close < open)
                close = field.IndexOf('>', open);
            if (close < 0)
                break;

            var id = field.AsSpan(open + 1, close - open - 1);
            if (IsValid(id) && !ids.Contains($"<{id}>"))
                ids.Add($"<{id}>");
        }

        return ids;
    }

    private static List<string> BareIds(string field)
    {
        var ids = new List<string>();
        int words = 0;
        foreach (var range in field.AsSpan().SplitAny(" \t,"))
        {
            var id = field.AsSpan(range).Trim("<>");
            if (words++ < MaxIds && id.Contains('@') && IsValid(id) && !ids.Contains($"<{id}>"))
                ids.Add($"<{id}>");
        }

        return ids;
    }

    // Anything printable without blanks and brackets; a real msg-id may lack the "@" and is answered all the same.
    private static bool IsValid(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxIdLength && id.IndexOfAnyExceptInRange('!', '~') < 0 && id.IndexOfAny('<', '>') < 0;
}
