using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>Reads address lists (RFC 5322 section 3.4) as leniently as osTicket does, and a bit more: a bad item spoils only itself.</summary>
internal static class AddressList
{
    /// <summary>Addresses beyond this number are left out.</summary>
    public const int MaxAddresses = 10_000;

    private const string DefaultDomain = "localhost";

    /// <summary>The mailboxes in a list, those inside of groups too. "," and ";" separate.</summary>
    public static List<ParsedAddress> Parse(string list)
    {
        var addresses = new List<ParsedAddress>();
        int start = 0;
        var scanner = default(NestingScanner);
        for (int i = 0; i <= list.Length && addresses.Count < MaxAddresses; i++)
        {
            if (i < list.Length && (!scanner.IsTopLevel(list[i]) || list[i] is not (',' or ';' or ':')))
                continue;

            // What stands before a colon is the name of a group.
            bool isGroupName = i < list.Length && list[i] == ':';
            if (!isGroupName && TryParseItem(list.AsSpan(start, Math.Min(i, list.Length) - start).Trim(), out var address))
                addresses.Add(address);
            start = i + 1;
        }

        return addresses;
    }

    /// <summary>The last resort for a field in which nothing can be made out: the first thing that looks like an addr-spec.</summary>
    public static string? FindAddress(string text)
    {
        for (int at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            int start = at;
            while (start > 0 && IsPlain(text[start - 1]))
                start--;
            int end = at + 1;
            while (end < text.Length && IsPlain(text[end]))
                end++;
            string found = text[start..end].Trim('.');
            if (People.AddressSyntax.IsValid(found))
                return found;
        }

        return null;
    }

    private static bool IsPlain(char c) =>
        c is > ' ' and < '\u007f' and not ('<' or '>' or '(' or ')' or '[' or ']' or '"' or ',' or ';' or ':' or '\\' or '@');

    private static bool TryParseItem(ReadOnlySpan<char> item, out ParsedAddress address)
    {
        address = default;
        if (item.IsEmpty)
            return false;

        string text = WithoutComments(item, out string? comment);
        int open = IndexOfTopLevel(text, '<');
        var spec = text.AsSpan();
        string name = "";
        if (open >= 0)
        {
            name = DisplayName(text.AsSpan(0, open).Trim());
            int close = text.IndexOf('>', open);
            spec = text.AsSpan(open + 1, (close < 0 ? text.Length : close) - open - 1);
        }

        return TryParseAddress(spec.Trim(), name, comment, out address);
    }

    private static bool TryParseAddress(ReadOnlySpan<char> spec, string name, string? comment, out ParsedAddress address)
    {
        address = default;

        // An RFC 822 route, or "mailto:".
        int colon = IndexOfTopLevel(spec, ':');
        if (colon >= 0)
            spec = spec[(colon + 1)..].Trim();

        int at = IndexOfTopLevel(spec, '@');
        var local = at < 0 ? spec : spec[..at].Trim();
        var domain = at < 0 ? DefaultDomain : spec[(at + 1)..].Trim();
        if (local.IsEmpty || domain.IsEmpty || !IsLocalPart(local) || domain.ContainsAny(" \t<>"))
            return false;

        address = new(MailText.DecodeWords(local.ToString()), domain.ToString(), name, comment);
        return true;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        bool quoted = false;
        bool wordIsEmpty = true;
        for (int i = 0; i < local.Length; i++)
        {
            switch (local[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    wordIsEmpty = false;
                    break;
                case '.' when !quoted:
                    if (wordIsEmpty)
                        return false;
                    wordIsEmpty = true;
                    break;
                case ' ' or '\t' when !quoted:
                    return false;
                default:
                    wordIsEmpty = false;
                    break;
            }
        }

        return !quoted && !wordIsEmpty;
    }

    private static string DisplayName(ReadOnlySpan<char> phrase)
    {
        var name = new StringBuilder(phrase.Length);
        for (int i = 0; i < phrase.Length; i++)
        {
            if (phrase[i] == '\\' && i + 1 < phrase.Length)
                i++;
            name.Append(phrase[i]);
        }

        return MailText.DecodeWords(name.ToString()).Trim('"');
    }

    private static string WithoutComments(ReadOnlySpan<char> item, out string? comment)
    {
        comment = null;
        if (!item.Contains('('))
            return item.ToString();

        var kept = new StringBuilder(item.Length);
        var scanner = default(NestingScanner);
        int commentStart = -1;
        for (int i = 0; i < item.Length; i++)
        {
            int depthBefore = scanner.CommentDepth;
            scanner.IsTopLevel(item[i]);
            if (depthBefore == 0 && scanner.CommentDepth == 0)
                kept.Append(item[i]);
            else if (depthBefore == 0)
                commentStart = i + 1;
            else if (scanner.CommentDepth == 0)
                comment ??= MailText.DecodeWords(item[commentStart..i].ToString());
        }

        return kept.ToString().Trim();
    }

    private static int IndexOfTopLevel(ReadOnlySpan<char> text, char wanted)
    {
        var scanner = default(NestingScanner);
        for (int i = 0; i < text.Length; i++)
        {
            if (scanner.IsTopLevel(text[i]) && text[i] == wanted)
                return i;
        }

        return -1;
    }
}
