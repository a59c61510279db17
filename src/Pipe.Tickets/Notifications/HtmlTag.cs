using System.Net;

namespace Pipe.Tickets.Notifications;

/// <summary>A tag as it stands in HTML.</summary>
/// <param name="Name">The element's name in lower case; empty for comments and declarations.</param>
/// <param name="IsEnd">Whether it ends an element.</param>
/// <param name="Source">The attributes as written.</param>
internal readonly record struct HtmlTag(string Name, bool IsEnd, string Source)
{
    private const int MaxNameLength = 32;

    /// <summary>Whether the element has neither content nor an end tag.</summary>
    public bool IsVoid => Name is "br" or "hr" or "img" or "input" or "col" or "wbr" or "area" or "link" or "meta" or "embed" or "source";

    /// <summary>Reads the tag that begins at a "&lt;"; <c>false</c> when that is just text.</summary>
    /// <param name="html">The source.</param>
    /// <param name="at">The position of the "&lt;".</param>
    /// <param name="tag">The tag.</param>
    /// <param name="end">The position behind it.</param>
    public static bool TryRead(string html, int at, out HtmlTag tag, out int end)
    {
        tag = default;
        end = at;
        if (at + 1 >= html.Length)
            return false;

        if (html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
        {
            int close = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
            end = close < 0 ? html.Length : close + 3;
            tag = new HtmlTag("", false, "");
            return true;
        }

        bool isEnd = html[at + 1] == '/';
        int start = at + (isEnd ? 2 : 1);
        bool isDeclaration = html[at + 1] is '!' or '?';
        if (!isDeclaration && (start >= html.Length || !char.IsAsciiLetter(html[start])))
            return false;

        int last = EndOfTag(html, start);
        if (last < 0)
            return false;

        int nameEnd = start;
        while (nameEnd < last && nameEnd - start < MaxNameLength && (char.IsAsciiLetterOrDigit(html[nameEnd]) || html[nameEnd] is ':' or '-'))
            nameEnd++;
        tag = isDeclaration
            ? new HtmlTag("", false, "")
            : new HtmlTag(AsciiText.ToLower(html[start..nameEnd]), isEnd, html[nameEnd..last]);
        end = last + 1;
        return true;
    }

    /// <summary>The decoded value of an attribute, or <c>null</c>.</summary>
    public string? Attribute(string name)
    {
        for (int i = 0; i < Source.Length;)
        {
            while (i < Source.Length && (char.IsWhiteSpace(Source[i]) || Source[i] == '/'))
                i++;
            int start = i;
            while (i < Source.Length && !char.IsWhiteSpace(Source[i]) && Source[i] is not ('=' or '/'))
                i++;
            var found = Source.AsSpan(start, i - start);
            while (i < Source.Length && char.IsWhiteSpace(Source[i]))
                i++;

            string value = "";
            if (i < Source.Length && Source[i] == '=')
                value = ReadValue(ref i);
            if (AsciiText.EqualsIgnoreCase(found, name))
                return WebUtility.HtmlDecode(value);
            if (i == start)
                i++;
        }

        return null;
    }

    private string ReadValue(ref int i)
    {
        i++;
        while (i < Source.Length && char.IsWhiteSpace(Source[i]))
            i++;
        if (i == Source.Length)
            return "";

        char quote = Source[i];
        int start = quote is '"' or '\'' ? i + 1 : i;
        int end = quote is '"' or '\'' ? Source.IndexOf(quote, start) : Source.AsSpan(start).IndexOfAny(" \t\r\n") + start;
        if (end < start)
            end = Source.Length;
        i = quote is '"' or '\'' ? Math.Min(end + 1, Source.Length) : end;
        return Source[start..end];
    }

    // The ">" that ends a tag, not one in a quoted value; where a quote is never closed, the first ">" at all.
    private static int EndOfTag(string html, int start)
    {
        int first = html.IndexOf('>', start);
        if (first < 0)
            return -1;

        int i = start;
        while (i < html.Length && html[i] != '>')
        {
            if (html[i] is '"' or '\'' && i > start && PrecededByEquals(html, i))
            {
                int close = html.IndexOf(html[i], i + 1);
                if (close < 0)
                    return first;
                i = close;
            }

            i++;
        }

        return i < html.Length ? i : first;
    }

    private static bool PrecededByEquals(string html, int at)
    {
        int i = at - 1;
        while (i > 0 && char.IsWhiteSpace(html[i]))
            i--;
        return html[i] == '=';
    }
}
