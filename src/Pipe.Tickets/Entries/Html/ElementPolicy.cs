namespace Pipe.Tickets.Entries.Html;

/// <summary>What becomes of each element: dropped with its content, reduced to its content, renamed, or kept.</summary>
internal static class ElementPolicy
{
    /// <summary>Whether the element goes with everything inside.</summary>
    public static bool IsDropped(string name) => name is "head" or "style" or "script" or "title" or "template";

    /// <summary>Whether the element has no content and no end tag.</summary>
    public static bool IsVoid(string name) => name is "area" or "br" or "col" or "hr" or "img";

    /// <summary>Whether the element is kept even with nothing inside.</summary>
    public static bool MayBeEmpty(string name) => name is "area" or "br" or "col" or "hr" or "img" or "div" or "iframe";

    /// <summary>Whether white space inside is significant.</summary>
    public static bool IsPreformatted(string name) => name is "pre" or "textarea";

    /// <summary>
    /// The name under which the element is written, or <c>null</c> for one that is reduced to its content. Elements that have
    /// gone out of use become current ones; a namespace prefix is taken off.
    /// </summary>
    public static string? WrittenName(string name)
    {
        int prefix = name.LastIndexOf(':');
        string local = prefix < 0 ? name : name[(prefix + 1)..];
        return local switch
        {
            "acronym" => "abbr",
            "center" => "div",
            "font" or "s" or "strike" or "big" => "span",
            "tt" => "code",
            "dir" => "ul",
            "a" or "abbr" or "address" or "area" or "article" or "aside" or "b" or "bdi" or "bdo" or "blockquote" or "br"
                or "caption" or "cite" or "code" or "col" or "colgroup" or "data" or "datalist" or "dd" or "del" or "details"
                or "dfn" or "div" or "dl" or "dt" or "em" or "fieldset" or "figcaption" or "figure" or "footer" or "h1" or "h2"
                or "h3" or "h4" or "h5" or "h6" or "header" or "hgroup" or "hr" or "i" or "img" or "ins" or "kbd" or "label"
                or "legend" or "li" or "main" or "map" or "mark" or "menu" or "meter" or "nav" or "ol" or "optgroup" or "option"
                or "output" or "p" or "pre" or "progress" or "q" or "rb" or "rbc" or "rp" or "rt" or "rtc" or "ruby" or "samp"
                or "section" or "select" or "small" or "span" or "strong" or "sub" or "summary" or "sup" or "table" or "tbody"
                or "td" or "textarea" or "tfoot" or "th" or "thead" or "time" or "tr" or "u" or "ul" or "var" => local,
            _ => null,
        };
    }

    /// <summary>The style that stands in for an element that has gone out of use, or <c>null</c>.</summary>
    public static string? StyleOf(string name) => name switch
    {
        "center" => "text-align:center",
        "s" or "strike" => "text-decoration:line-through",
        "big" => "font-size:larger",
        _ => null,
    };
}
