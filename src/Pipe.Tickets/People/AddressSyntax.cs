using System.Globalization;
using System.Text;

namespace Pipe.Tickets.People;

/// <summary>The strict check of an addr-spec that decides who may own a ticket.</summary>
public static class AddressSyntax
{
    /// <summary>
    /// Whether the text is one addr-spec (RFC 5322 section 3.4.1) with a local part and a domain in ASCII other than "localhost".
    /// A domain of one label is fine; so are a quoted local part, one of any script (RFC 6531), and a domain literal.
    /// </summary>
    /// <remarks>
    /// Dots may stand anywhere in the local part: carriers in Japan gave out addresses such as <c>max..m</c> and <c>max.</c>. A character
    /// beyond the Basic Multilingual Plane may not: the help desk's tables would hold "????", which is somebody else.
    /// </remarks>
    public static bool IsValid(string address)
    {
        int at = EndOfLocalPart(address);
        return at > 0 && at < address.Length - 1 && address[at] == '@' && IsDomain(address.AsSpan(at + 1));
    }

    /// <summary>
    /// Whether mail can be written to or from the address; its local part may have letters of any script (RFC 6531). It becomes an
    /// argument of a program, a line of SMTP and a header field: nothing in it may end one or begin another.
    /// </summary>
    public static bool CanBeWrittenTo(string address)
    {
        string ascii = AsciiAddress.Of(address);
        int at = ascii.LastIndexOf('@');
        if (at <= 0)
            return false;
        string written = LettersInAscii(ascii[..at]) + ascii[at..];
        return IsValid(written) && Ascii.IsValid(written) && ascii[0] != '-'
            && ascii.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0;
    }

    private static string LettersInAscii(string localPart)
    {
        var ascii = new StringBuilder(localPart.Length);
        foreach (var rune in localPart.EnumerateRunes())
            ascii.Append(!rune.IsAscii && (Rune.IsLetterOrDigit(rune) || IsMark(rune)) ? "x" : rune.ToString());
        return ascii.ToString();
    }

    // Accents and vowel signs that are characters of their own.
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // The position behind the local part, or -1: words joined by any number of dots, each an atom or a quoted string.
    private static int EndOfLocalPart(string address)
    {
        int at = 0;
        bool hasWord = false;
        while (true)
        {
            int end = at < address.Length && address[at] == '"' ? EndOfQuotedString(address, at) : EndOfAtom(address, at);
            if (end < 0)
                return -1;
            hasWord |= end > at;
            at = end;
            if (at == address.Length || address[at] != '.')
                return hasWord ? at : -1;
            at++;
        }
    }

    private static int EndOfQuotedString(string address, int start)
    {
        for (int i = start + 1; i < address.Length; i++)
        {
            switch (address[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    return i + 1;
                case '\r':
                    return -1;
                case > '~' when !IsBeyondAscii(address[i]):
                    return -1;
            }
        }

        return -1;
    }

    private static int EndOfAtom(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        while (at < text.Length && (IsAtomCharacter(text[at]) || IsBeyondAscii(text[at])))
            at++;
        return at;
    }

    private static int EndOfLabel(ReadOnlySpan<char> domain, int start)
    {
        int at = start;
        while (at < domain.Length && IsAtomCharacter(domain[at]))
            at++;
        return at;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain is "localhost")
            return false;
        if (domain[0] == '[')
            return domain.Length > 2 && domain[^1] == ']' && domain[1..^1].IndexOfAnyExceptInRange('!', '~') < 0
                && domain[1..^1].IndexOfAny('[', ']', '\\') < 0;

        int at = 0;
        while (true)
        {
            int end = EndOfLabel(domain, at);
            if (end == at)
                return false;
            if (end == domain.Length)
                return true;
            if (domain[end] != '.')
                return false;
            at = end + 1;
        }
    }

    // What can be seen. U+FFFD stands for a character that could not be read, so the address is not known.
    private static bool IsBeyondAscii(char c) => c > '\u007f' && c != '\ufffd' && char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static bool IsAtomCharacter(char c) =>
        c is > ' ' and < '\u007f' && c is not ('[' or ']' or '(' or ')' or '<' or '>' or '@' or ',' or ';' or ':' or '\\' or '"' or '.');
}
