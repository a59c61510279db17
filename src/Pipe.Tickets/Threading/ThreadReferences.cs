using System.Buffers;

namespace Pipe.Tickets.Threading;

/// <summary>The msg-ids by which a message says which entry it answers.</summary>
public static class ThreadReferences
{
    private const string HtmlMark = "class=\"mid-";
    private const string TextMark = "Ref-Mid: ";
    private const int MaxCandidates = 1000;
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n,;");

    /// <summary>
    /// All candidates without angle brackets, best first: the message's own id, In-Reply-To, References (each from right to
    /// left; those without angle brackets after the others), and the id that the help desk hides in the bodies it sends, in an answer or in what a delivery report gives back.
    /// </summary>
    /// <remarks>At most 1000; the newest references are kept.</remarks>
    public static IReadOnlyList<string> Candidates(InboundMail mail)
    {
        var candidates = new List<string>();
        AddMessageIds(candidates, mail.MessageId);
        foreach (string? field in (ReadOnlySpan<string?>)[mail.InReplyTo, mail.References])
        {
            AddMessageIds(candidates, field);
            AddBareIds(candidates, field);
        }

        if (BodyToken(mail.Body.Content) is { } token)
            candidates.Add(token);
        if (mail.ReturnedReference is { } returned)
            candidates.Add(returned);
        return candidates;
    }

    /// <summary>The msg-id hidden in a quoted body, without angle brackets, or <c>null</c>.</summary>
    /// <remarks>Only the first mark counts, and only if a double quote or the end of the body follows the id.</remarks>
    public static string? BodyToken(string body)
    {
        int start = FirstMark(body);
        if (start < 0)
            return null;

        int end = start;
        while (end < body.Length && body[end] != '"' && !IsWhiteSpace(body[end]))
            end++;

        bool ends = end == body.Length || body[end] == '"' || (end == body.Length - 1 && body[end] == '\n');
        return ends && end > start ? body[start..end] : null;
    }

    private static int FirstMark(string body)
    {
        int html = body.IndexOf(HtmlMark, StringComparison.Ordinal);
        int text = body.AsSpan(0, html < 0 ? body.Length : html).IndexOf(TextMark, StringComparison.Ordinal);
        if (text >= 0)
            return text + TextMark.Length;
        return html < 0 ? -1 : html + HtmlMark.Length;
    }

    // "<local@domain>" with neither ">" nor a second "@" inside; anything else in the field is passed over.
    private static void AddMessageIds(List<string> candidates, string? field)
    {
        if (field is null)
            return;

        int close = field.Length;
        while (candidates.Count < MaxCandidates && (close = close == 0 ? -1 : field.LastIndexOf('>', close - 1)) > 0)
        {
            int previousClose = field.LastIndexOf('>', close - 1);
            int at = field.LastIndexOf('@', close - 1, close - 1 - previousClose);
            if (at < 0 || at == close - 1)
                continue;

            // The leftmost "<" that leaves the local part free of "@".
            int from = Math.Max(previousClose, at == 0 ? -1 : field.LastIndexOf('@', at - 1)) + 1;
            int open = field.IndexOf('<', from, at - from);
            if (open >= 0 && open < at - 1)
                candidates.Add(field[(open + 1)..close]);
        }
    }

    // Some programs leave out the angle brackets, or one of them.
    private static void AddBareIds(List<string> candidates, string? field)
    {
        if (field is null)
            return;

        int words = 0;
        for (int end = field.Length; end > 0 && words < MaxCandidates && candidates.Count < MaxCandidates; words++)
        {
            int start = field.AsSpan(0, end).LastIndexOfAny(Separators) + 1;
            var word = field.AsSpan(start, end - start);
            end = start - 1;
            var id = word.Trim("<>\"'()");
            int at = id.IndexOf('@');
            bool isId = at > 0 && at < id.Length - 1 && at == id.LastIndexOf('@') && !id.ContainsAny('<', '>');
            if (isId && !candidates.Contains(id.ToString()))
                candidates.Add(id.ToString());
        }
    }

    private static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\v' or '\f';
}
