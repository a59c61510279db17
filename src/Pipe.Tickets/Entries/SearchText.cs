using System.Text;

namespace Pipe.Tickets.Entries;

/// <summary>The text under which an entry is found (<c>_search.content</c>).</summary>
public static class SearchText
{
    /// <summary>The searchable text of a stored body, in Unicode's form C.</summary>
    /// <param name="format">How the body is to be read.</param>
    /// <param name="content">The body as stored.</param>
    public static string OfEntry(BodyFormat format, string content) => Normalize(
        format == BodyFormat.Text ? FirstOfEachRun(content) : PlainLine.CollapseWhiteSpace(PlainLine.DecodeEntities(TagsAsBlanks(content)).Replace('\u00A0', ' ')).Trim());

    /// <summary>The text in Unicode's form C, as all searchable text is stored.</summary>
    public static string Normalize(string text)
    {
        try
        {
            return Ascii.IsValid(text) ? text : text.Normalize();
        }
        catch (ArgumentException)
        {
            return text;    // a lone surrogate
        }
        catch (PlatformNotSupportedException)
        {
            return text;
        }
    }

    private static string FirstOfEachRun(string text)
    {
        var kept = new StringBuilder(text.Length);
        bool inRun = false;
        foreach (char c in text.AsSpan().Trim())
        {
            bool isSpace = c is ' ' or '\t' or '\r' or '\n' or '\v' or '\f' or '\u0085' or '\u00A0' || char.IsSeparator(c);
            if (!isSpace || !inRun)
                kept.Append(c);
            inRun = isSpace;
        }

        return kept.ToString();
    }

    private static string TagsAsBlanks(string html)
    {
        var text = new StringBuilder(html.Length);
        bool inTag = false;
        foreach (char c in html)
        {
            if (c == '<')
                inTag = true;
            if (!inTag)
                text.Append(c);
            else if (c == '>')
                text.Append(' ');
            inTag &= c != '>';
        }

        return text.ToString();
    }
}
