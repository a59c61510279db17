using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>Reads address lists (RFC 5322 section 3.4) as leniently as osTicket does, and a bit more: a bad item spoils only itself.</summary>
/// <remarks>An address that cannot be taken apart gives none. It is never searched for another one: that would be a stranger's.</remarks>
internal sealed class AddressList
{
    /// <summary>Addresses beyond this number are left out.</summary>
    public const int MaxAddresses = 10_000;

    private const string DefaultDomain = "localhost";
    private static readonly string[] Schemes = ["mailto", "smtp"];

    private readonly string _list;
    private readonly NestingScanner _outside;
    private readonly List<ParsedAddress> _addresses = [];

    // What stands before a comma and is no address, so that it may be the beginning of the next item's name.
    private readonly List<Range> _phrases = [];

    private AddressList(string list)
    {
        _list = list;
        _outside = OutsideOf(list);
    }

    /// <summary>The mailboxes in a list, those inside of groups too. "," and, behind an address, ";" separate.</summary>
    public static List<ParsedAddress> Parse(string list)
    {
        var parser = new AddressList(IsWhollyEncoded(list) ? Decoded(list) : list);
        parser.ParseItems();
        return parser._addresses;
    }

    // Some programs encode the field as a whole (PHP's mb_encode_mimeheader). With an address in plain sight the words are its name.
    private static bool IsWhollyEncoded(string list)
    {
        int at = 0;
        for (int start; (start = list.IndexOf("=?", at, StringComparison.Ordinal)) >= 0;)
        {
            int charsetEnd = list.IndexOf('?', start + 2);
            if (charsetEnd < 0 || charsetEnd + 3 > list.Length || list.AsSpan(at, start - at).ContainsAny('@', '<'))
                return false;
            int end = list.IndexOf("?=", charsetEnd + 3, StringComparison.Ordinal);
            if (end < 0)
                return false;
            at = end + 2;
        }

        return at > 0 && !list.AsSpan(at).ContainsAny('@', '<');
    }

    private static string Decoded(string list)
    {
        string decoded = MailText.DecodeWords(list).Trim();
        bool isQuoted = decoded.Length > 1 && decoded.IndexOf('"', 1) == decoded.Length - 1 && decoded[0] == '"';
        return isQuoted ? decoded[1..^1] : decoded;
    }

    // A quote or parenthesis that nothing closes is a character like any other.
    private static NestingScanner OutsideOf(string list)
    {
        var scanner = default(NestingScanner);
        foreach (char c in list)
            scanner.IsTopLevel(c);
        return new NestingScanner { IgnoresQuotes = scanner.IsQuoted, IgnoresComments = scanner.CommentDepth > 0 };
    }

    private void ParseItems()
    {
        int start = 0;
        bool inGroup = false;
        bool hasAddress = false;
        int lastSemicolon = LastTopLevel(';');
        var scanner = _outside;
        for (int i = 0; i <= _list.Length && _addresses.Count < MaxAddresses; i++)
        {
            char c = i < _list.Length ? _list[i] : ',';
            if (i < _list.Length && !scanner.IsTopLevel(c))
                continue;

            hasAddress |= c is '@' or '<';
            bool isGroupName = c == ':' && !hasAddress && IsGroupName(start, i, lastSemicolon);
            bool ends = c == ',' || (c == ';' && (inGroup || hasAddress || IsBlank(start..i)));
            if (!isGroupName && !ends)
                continue;

            if (isGroupName)
                _phrases.Clear();
            else
                AddItem(start..i, isAddress: hasAddress, canBePhrase: c == ',' && i < _list.Length);
            inGroup = isGroupName || (inGroup && c != ';');
            hasAddress = false;
            start = i + 1;
        }
    }

    // What stands before a colon is the name of a group, or a URL's scheme; but "a:b@x.test" is no address at all.
    private bool IsGroupName(int start, int colon, int lastSemicolon) =>
        lastSemicolon > colon || colon + 1 == _list.Length || _list[colon + 1] is ' ' or '\t' or '"' or '<' || IsScheme(_list.AsSpan(start, colon - start));

    private bool IsBlank(Range range) => _list.AsSpan(range).Trim().IsEmpty;

    private int LastTopLevel(char wanted)
    {
        int last = -1;
        var scanner = _outside;
        for (int i = 0; i < _list.Length; i++)
        {
            if (scanner.IsTopLevel(_list[i]) && _list[i] == wanted)
                last = i;
        }

        return last;
    }

    // "Miller, Jo <jo@x.test>" is one mailbox whose name should have been quoted.
    private void AddItem(Range item, bool isAddress, bool canBePhrase)
    {
        if (!isAddress && canBePhrase && !IsBlank(item))
        {
            _phrases.Add(item);
            return;
        }

        string text = WithoutComments(_list.AsSpan(item).Trim(), out string? comment);
        bool isNamed = IndexOfOpen(text) > 0;
        var name = new StringBuilder();
        foreach (var phrase in _phrases)
        {
            if (isNamed)
                name.Append(DisplayName(_list.AsSpan(phrase).Trim())).Append(", ");
            else
                Add(_list[phrase].Trim(), null, "");
        }

        _phrases.Clear();
        Add(text, comment, name.ToString());
    }

    private void Add(string text, string? comment, string nameStart)
    {
        if (_addresses.Count < MaxAddresses && text.Length > 0 && TryParseItem(text, comment, nameStart, out var address))
            _addresses.Add(address);
    }

    private bool TryParseItem(string text, string? comment, string nameStart, out ParsedAddress address)
    {
        address = default;
        int open = IndexOfOpen(text);
        if (open < 0)
            return TryParseAddress(text, nameStart, comment, out address);

        // Of two addresses in one item nobody knows which is meant.
        var phrase = text.AsSpan(0, open);
        if (phrase.IndexOf('<') is >= 0 and var first && IndexOfTopLevel(phrase, '<') >= 0 && phrase[first..].Contains('@'))
            return false;

        int close = text.IndexOf('>', open);
        var spec = text.AsSpan(open + 1, (close < 0 ? text.Length : close) - open - 1);
        return TryParseAddress(spec.Trim(), nameStart + DisplayName(phrase.Trim()), comment, out address);
    }

    private bool TryParseAddress(ReadOnlySpan<char> spec, string name, string? comment, out ParsedAddress address)
    {
        address = default;
        int at = IndexOfTopLevel(spec, '@');
        if (at < 0 && spec.StartsWith("=?"))
        {
            spec = MailText.DecodeWords(spec.ToString()).Trim();
            at = IndexOfTopLevel(spec, '@');
        }

        // An RFC 822 route, or "mailto:".
        int colon = IndexOfTopLevel(spec, ':');
        if (colon >= 0)
        {
            if (spec[0] != '@' && !IsScheme(spec[..colon]))
                return false;
            spec = spec[(colon + 1)..].Trim();
            at = IndexOfTopLevel(spec, '@');
        }

        var local = at < 0 ? spec : spec[..at].Trim();
        var domain = at < 0 ? DefaultDomain : spec[(at + 1)..].Trim();
        if (local.IsEmpty || domain.IsEmpty || !IsLocalPart(local) || domain.ContainsAny(" \t<>"))
            return false;

        address = new(MailText.DecodeWords(local.ToString()), domain.ToString(), name, comment);
        return true;
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (string scheme in Schemes)
        {
            if (AsciiText.EqualsIgnoreCase(text.Trim(), scheme))
                return true;
        }

        return false;
    }

    // Words with dots between them; where dots may stand is left to the postmaster of the domain.
    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        bool quoted = false;
        for (int i = 0; i < local.Length; i++)
        {
            switch (local[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ' ' or '\t' when !quoted:
                    return false;
            }
        }

        return !quoted && local.ContainsAnyExcept('.');
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

    // A comment counts as a blank: what stands on its two sides is not one word.
    private string WithoutComments(ReadOnlySpan<char> item, out string? comment)
    {
        comment = null;
        if (!item.Contains('('))
            return item.ToString();

        var kept = new StringBuilder(item.Length);
        var scanner = _outside;
        int commentStart = -1;
        for (int i = 0; i < item.Length; i++)
        {
            int depthBefore = scanner.CommentDepth;
            scanner.IsTopLevel(item[i]);
            if (depthBefore == 0 && scanner.CommentDepth == 0)
            {
                kept.Append(item[i]);
            }
            else if (depthBefore == 0)
            {
                commentStart = i + 1;
            }
            else if (scanner.CommentDepth == 0)
            {
                comment ??= MailText.DecodeWords(item[commentStart..i].ToString());
                if (kept.Length > 0 && kept[^1] is not (' ' or '.' or '@'))
                    kept.Append(' ');
            }
        }

        return kept.ToString().Trim();
    }

    // The last "<" outside of quotes: names may hold some.
    private int IndexOfOpen(ReadOnlySpan<char> text)
    {
        int open = -1;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '"' when !_outside.IgnoresQuotes:
                    quoted = !quoted;
                    break;
                case '<' when !quoted:
                    open = i;
                    break;
            }
        }

        return open;
    }

    private int IndexOfTopLevel(ReadOnlySpan<char> text, char wanted)
    {
        var scanner = _outside;
        for (int i = 0; i < text.Length; i++)
        {
            if (scanner.IsTopLevel(text[i]) && text[i] == wanted)
                return i;
        }

        return -1;
    }
}
