using System.Buffers;
using System.Globalization;
using System.Net;

namespace Pipe.Tickets.Notifications;

/// <summary>The plain text that says what HTML shows: paragraphs, lists, tables, and where links lead.</summary>
public static class HtmlToText
{
    private const int MaxDepth = 200;
    private const int MaxIndent = 40;

    private static readonly SearchValues<char> NotInLinks = SearchValues.Create(" \t\r\n<>");

    /// <summary>Converts HTML, whole documents or fragments, however broken. Lines end with LF; the last one does not.</summary>
    public static string Convert(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var converter = new Converter();
        int done = 0;
        bool tagsEnded = false;
        for (int at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && !tagsEnded; at = html.IndexOf('<', at))
        {
            if (!HtmlTag.TryRead(html, at, out var tag, out int end))
            {
                tagsEnded = html.IndexOf('>', at) < 0;
                at++;
                continue;
            }

            converter.Text(html.AsSpan(done, at - done));
            converter.Tag(tag);
            done = at = tag is { IsEnd: false, Name: "script" or "style" or "title" or "template" } ? SkipContent(html, end, tag.Name) : end;
        }

        converter.Text(html.AsSpan(done));
        return converter.ToString();
    }

    private static int SkipContent(string html, int start, string name)
    {
        int end = html.AsSpan(start).IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : start + end;
    }

    private readonly record struct Element(string Name, bool Hides, bool Keeps, string? Link, string Indent, int LinkStart);

    private sealed class Converter
    {
        private readonly TextLayout _layout = new();
        private readonly List<Element> _open = [];
        private readonly Stack<int> _lists = new();
        private readonly System.Text.StringBuilder _linkText = new();
        private int _hidden;
        private int _kept;

        public void Text(ReadOnlySpan<char> source)
        {
            if (source.IsEmpty || _hidden > 0)
                return;

            string text = source.Contains('&') ? WebUtility.HtmlDecode(source.ToString()) : source.ToString();
            _linkText.Append(text);
            if (_kept > 0)
                _layout.Preformatted(text);
            else
                _layout.Flow(text);
        }

        public void Tag(HtmlTag tag)
        {
            if (tag.Name.Length == 0)
                return;
            if (tag.IsEnd)
                End(tag.Name);
            else
                Start(tag);
        }

        public override string ToString() => _layout.ToString();

        private void Start(HtmlTag tag)
        {
            if (_hidden == 0)
                Show(tag);
            if (tag.IsVoid || _open.Count >= MaxDepth)
                return;

            string style = tag.Attribute("style") ?? "";
            bool hides = tag.Name == "head" || Says(style, "display", "none");
            bool keeps = tag.Name == "pre" || Says(style, "white-space", "pre");
            string? link = tag.Name == "a" ? tag.Attribute("href") : null;
            _open.Add(new Element(tag.Name, hides, keeps, link, _layout.Indent, _linkText.Length));
            _hidden += hides ? 1 : 0;
            _kept += keeps ? 1 : 0;
            if (tag.Name is "blockquote" && _layout.Indent.Length < MaxIndent && _hidden == 0)
                _layout.Indent += "> ";
        }

        private void Show(HtmlTag tag)
        {
            switch (tag.Name)
            {
                case "br":
                    _layout.NewLine();
                    break;
                case "hr":
                    _layout.Separate(2);
                    _layout.Flow("----------------------------------------");
                    _layout.Separate(1);
                    break;
                case "img" when tag.Attribute("alt") is { Length: > 0 } alt:
                    _layout.Flow($"[{alt}]");
                    break;
                case "td" or "th":
                    _layout.Blank();
                    break;
                case "ul":
                    _lists.Push(-1);
                    _layout.Separate(1);
                    break;
                case "ol":
                    _lists.Push(0);
                    _layout.Separate(1);
                    break;
                case "li":
                    _layout.Bullet(NextBullet());
                    break;
                default:
                    SeparateFor(tag.Name);
                    break;
            }
        }

        private void End(string name)
        {
            int index = _open.Count - 1;
            while (index >= 0 && _open[index].Name != name)
                index--;
            if (index < 0)
                return;

            for (int i = _open.Count - 1; i >= index; i--)
                Close(_open[i]);
            _open.RemoveRange(index, _open.Count - index);
        }

        private void Close(Element element)
        {
            if (_hidden == 0)
            {
                if (element.Link is not null)
                    ShowLink(element);
                if (element.Name is "ul" or "ol" && _lists.Count > 0)
                    _lists.Pop();
                if (_layout.Indent != element.Indent)
                    _layout.Indent = element.Indent;
                SeparateFor(element.Name);
            }

            _hidden -= element.Hides ? 1 : 0;
            _kept -= element.Keeps ? 1 : 0;
        }

        // In angle brackets, as RFC 3986 appendix C advises for URIs in text. Not where the text says the same.
        private void ShowLink(Element element)
        {
            string link = element.Link!.Trim();
            string shown = _linkText.ToString(element.LinkStart, _linkText.Length - element.LinkStart).Trim();
            bool leads = AsciiText.StartsWithIgnoreCase(link, "http://") || AsciiText.StartsWithIgnoreCase(link, "https://")
                || AsciiText.StartsWithIgnoreCase(link, "mailto:");
            string address = AsciiText.StartsWithIgnoreCase(link, "mailto:") ? link["mailto:".Length..] : link;
            if (!leads || link.AsSpan().ContainsAny(NotInLinks) || shown == link || shown == address || shown.TrimEnd('/') == link.TrimEnd('/'))
                return;
            _layout.Blank();
            _layout.Flow($"<{address}>");
        }

        private void SeparateFor(string name)
        {
            if (name is "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "table" or "pre" or "dl" or "fieldset")
                _layout.Separate(2);
            else if (name is "div" or "tr" or "li" or "ul" or "ol" or "section" or "article" or "header" or "footer" or "main" or "aside"
                or "nav" or "address" or "figure" or "figcaption" or "form" or "dt" or "dd" or "caption" or "center" or "body" or "html")
                _layout.Separate(1);
        }

        private string NextBullet()
        {
            if (_lists.Count == 0 || _lists.Peek() < 0)
                return "- ";
            int number = _lists.Pop() + 1;
            _lists.Push(number);
            return string.Create(CultureInfo.InvariantCulture, $"{number}. ");
        }

        private static bool Says(string style, string property, string valueStart)
        {
            foreach (var range in style.AsSpan().Split(';'))
            {
                var declaration = style.AsSpan()[range];
                int colon = declaration.IndexOf(':');
                if (colon > 0 && AsciiText.EqualsIgnoreCase(declaration[..colon].Trim(), property)
                    && AsciiText.StartsWithIgnoreCase(declaration[(colon + 1)..].Trim(), valueStart))
                    return true;
            }

            return false;
        }
    }
}
