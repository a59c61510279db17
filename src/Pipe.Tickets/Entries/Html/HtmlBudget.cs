using System.Buffers;

namespace Pipe.Tickets.Entries.Html;

/// <summary>
/// Decides from the source alone, in one pass, whether it can be parsed in bounded time and memory. The HTML parsing rules make
/// some inputs quadratic or worse: deep nesting, one tag with very many attributes, formatting elements that are never closed.
/// </summary>
internal static class HtmlBudget
{
    private const int MaxTags = 50_000;
    private const int MaxAttributesPerTag = 250;
    private const long MaxNestingWork = 25_000_000;
    private const long MaxFormattingWork = 200_000;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/>");

    private static readonly string[] FormattingElements =
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    /// <summary>Whether parsing it is cheap enough.</summary>
    public static bool Allows(ReadOnlySpan<char> html)
    {
        int tags = 0;
        int depth = 0;
        int formatting = 0;
        long nestingWork = 0;
        long formattingWork = 0;
        while (true)
        {
            int open = html.IndexOf('<');
            if (open < 0)
                return true;

            html = html[(open + 1)..];
            if (html.IsEmpty)
                return true;

            bool isEnd = html[0] == '/';
            var name = NameOf(isEnd ? html[1..] : html);
            if (name.IsEmpty)
                continue;

            int step = isEnd ? -1 : 1;
            depth = Math.Max(0, depth + step);
            if (IsFormatting(name))
                formatting = Math.Max(0, formatting + step);
            nestingWork += depth;
            formattingWork += formatting;
            if (++tags > MaxTags || nestingWork > MaxNestingWork || formattingWork > MaxFormattingWork || HasTooManyAttributes(ref html))
                return false;
        }
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> tag)
    {
        if (tag.IsEmpty || !char.IsAsciiLetter(tag[0]))
            return [];

        int end = tag.IndexOfAny(NameEnds);
        return end < 0 ? tag : tag[..end];
    }

    private static bool IsFormatting(ReadOnlySpan<char> name)
    {
        foreach (string element in FormattingElements)
        {
            if (AsciiText.EqualsIgnoreCase(name, element))
                return true;
        }

        return false;
    }

    // Moves to the end of the tag. Whatever stands between white space, slashes and quotes counts as an attribute.
    private static bool HasTooManyAttributes(ref ReadOnlySpan<char> html)
    {
        int count = 0;
        char quote = '\0';
        bool inWord = true;
        for (int i = 0; i < html.Length; i++)
        {
            char c = html[i];
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '>')
            {
                html = html[i..];
                return false;
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '/')
            {
                inWord = false;
            }
            else if (!inWord)
            {
                inWord = true;
                if (++count > MaxAttributesPerTag)
                    return true;
            }
        }

        html = [];
        return false;
    }
}
