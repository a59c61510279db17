namespace Pipe.Tickets.Entries.Html;

/// <summary>Which attributes an element may have, and what becomes of presentational ones.</summary>
internal static class AttributePolicy
{
    /// <summary>Whether the attribute may stay on the element. Both names are in lower case.</summary>
    public static bool IsAllowed(string element, string attribute) => attribute switch
    {
        "class" or "dir" or "lang" or "title" or "role" or "tabindex" or "accesskey" or "contenteditable" or "hidden"
            or "draggable" or "spellcheck" or "translate" or "itemid" or "itemprop" or "itemref" or "itemscope" or "itemtype" => true,
        "abbr" or "axis" or "colspan" or "headers" or "rowspan" or "scope" => element is "td" or "th",
        "alt" => element is "area" or "img",
        "border" => element is "img" or "table",
        "cellpadding" or "frame" or "rules" or "summary" => element is "table",
        "char" or "charoff" or "valign" => element is "col" or "colgroup" or "tbody" or "td" or "tfoot" or "th" or "thead" or "tr",
        "cite" => element is "blockquote" or "del" or "ins" or "q",
        "cols" or "rows" => element is "textarea",
        "coords" or "shape" => element is "a" or "area",
        "datetime" => element is "del" or "ins" or "time",
        "disabled" => element is "optgroup" or "option" or "select" or "textarea" or "fieldset",
        "for" => element is "label" or "output",
        "height" => element is "img",
        "high" or "low" or "max" or "min" or "optimum" => element is "meter" or "progress",
        "href" or "target" => element is "a" or "area",
        "hreflang" or "rel" or "rev" => element is "a" or "area",
        "ismap" or "longdesc" or "src" or "usemap" => element is "img",
        "label" => element is "optgroup" or "option",
        "multiple" => element is "select",
        "name" => element is "a" or "map" or "select" or "textarea",
        "open" => element is "details",
        "readonly" => element is "textarea",
        "reversed" or "start" => element is "ol",
        "selected" => element is "option",
        "size" => element is "select",
        "span" => element is "col" or "colgroup",
        "type" => element is "a" or "li" or "ol" or "ul",
        "value" => element is "data" or "li" or "meter" or "option" or "progress",
        "width" => element is "col" or "colgroup" or "img",
        _ => attribute.StartsWith("aria-", StringComparison.Ordinal)
            || (attribute.StartsWith("data-", StringComparison.Ordinal) && attribute != "data-cid"),
    };

    /// <summary>The style that says what a presentational attribute says, or <c>null</c>.</summary>
    public static string? StyleOf(string element, string attribute, string value) => (attribute, element) switch
    {
        ("align", "img" or "iframe") when value.Equals("left", StringComparison.OrdinalIgnoreCase)
            || value.Equals("right", StringComparison.OrdinalIgnoreCase) => "float:" + value,
        ("align", "img") => "vertical-align:" + value,
        ("align", "div" or "table") when value.Equals("center", StringComparison.OrdinalIgnoreCase) => "margin:auto",
        ("align", _) => "text-align:" + value,
        ("bgcolor", _) => "background-color:" + value,
        ("bordercolor", _) => "border-color:" + value,
        ("cellspacing", "table") => "border-spacing:" + Length(value),
        ("clear", "br") => "clear:" + (value.Equals("all", StringComparison.OrdinalIgnoreCase) ? "both" : value),
        ("color", "font") => "color:" + value,
        ("face", "font") => "font-family:" + value,
        ("size", "font") => "font-size:" + FontSize(value.Trim()),
        ("hspace", "img") => $"margin-left:{Length(value)};margin-right:{Length(value)}",
        ("vspace", "img") => $"margin-top:{Length(value)};margin-bottom:{Length(value)}",
        ("nowrap", "td" or "th") => "white-space:nowrap",
        ("noshade", "hr") => "border-style:none;border:0;background-color:gray;color:gray",
        ("size", "hr") => "height:" + Length(value),
        ("width" or "height", "td" or "th" or "table" or "hr" or "pre") => attribute + ":" + Length(value),
        _ => null,
    };

    private static string Length(string value)
    {
        value = value.Trim();
        return value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('0', '9') ? value + "px" : value;
    }

    private static string FontSize(string size) => size switch
    {
        "0" or "1" => "xx-small",
        "2" => "small",
        "3" => "medium",
        "4" => "large",
        "5" => "x-large",
        "6" => "xx-large",
        "7" or "+4" => "300%",
        "-1" => "smaller",
        "-2" => "60%",
        "+1" => "larger",
        "+2" => "150%",
        "+3" => "200%",
        _ => "",
    };
}
