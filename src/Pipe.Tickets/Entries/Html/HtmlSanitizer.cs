using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Pipe.Tickets.Entries.Html;

/// <summary>Makes HTML from a stranger safe in a browser, by a standards parser and a list of what is allowed.</summary>
/// <remarks>The result holds only elements and attributes of <see cref="ElementPolicy"/> and <see cref="AttributePolicy"/>, each properly closed.</remarks>
internal sealed class HtmlSanitizer
{
    private const int MaxDepth = 5000;
    private const string WrapperMark = "<div dir=\"ltr\">";
    private const string ComposeMark = "_MailEndCompose";

    private readonly EntryBodyOptions _options;
    private readonly HtmlWriter _writer = new();
    private readonly List<FileReference> _references = [];
    private readonly List<InboundAttachment> _embeddedImages = [];
    private int _preformatted;

    private HtmlSanitizer(EntryBodyOptions options) => _options = options;

    /// <summary>Sanitises a source; <c>null</c> when it is built to exhaust whoever parses it.</summary>
    public static SanitizedHtml? Sanitize(string html, EntryBodyOptions options)
    {
        string source = WithoutWrapper(WithoutControlCharacters(html));
        if (!HtmlBudget.Allows(source))
            return null;

        var parser = new HtmlParser(new HtmlParserOptions { MaximumDepth = MaxDepth, DisableElementPositionTracking = true });
        using var document = parser.ParseDocument(source);
        var sanitizer = new HtmlSanitizer(options);
        if (document.Body is { } body)
            sanitizer.WriteContent(body);
        return new(sanitizer._writer.ToString(), sanitizer._references, sanitizer._embeddedImages);
    }

    // Some mailers put each message into one such element. osTicket takes off the first, with the first end tag behind it.
    private static string WithoutWrapper(string html)
    {
        int start = html.IndexOf(WrapperMark, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return html;

        int content = start + WrapperMark.Length;
        int end = html.IndexOf("</div>", content, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html : string.Concat(html.AsSpan(0, start), html.AsSpan(content, end - content), " ", html.AsSpan(end + "</div>".Length));
    }

    private static string WithoutControlCharacters(string html)
    {
        if (html.AsSpan().IndexOfAnyInRange('\0', '\b') < 0 && html.AsSpan().IndexOfAnyInRange('\u000B', '\u001F') < 0)
            return html;

        var clean = new StringBuilder(html.Length);
        foreach (char c in html)
        {
            if (c >= ' ' || c is '\t' or '\n' or '\r')
                clean.Append(c);
            else if (c == '\0')
                clean.Append(' ');
        }

        return clean.ToString();
    }

    // With a stack of its own: the depth of the tree is the sender's choice.
    private void WriteContent(INode root)
    {
        var open = new Stack<OpenNode>();
        open.Push(new(root, null));
        while (open.TryPop(out var current))
        {
            if (current.NextChild == current.Node.ChildNodes.Length)
            {
                WriteEndTag(current.WrittenName);
                continue;
            }

            var child = current.Node.ChildNodes[current.NextChild];
            open.Push(current with { NextChild = current.NextChild + 1 });
            if (child is IText text)
                _writer.Text(text.Data, _preformatted > 0);
            else if (child is IElement element && TryWriteStartTag(element, out string? writtenName))
                open.Push(new(element, writtenName));
        }
    }

    private void WriteEndTag(string? name)
    {
        if (name is null)
            return;

        _writer.Raw($"</{name}>");
        if (ElementPolicy.IsPreformatted(name))
            _preformatted--;
    }

    // Whether the element's content is to be written too; without a name, it is written in place of the element.
    private bool TryWriteStartTag(IElement element, out string? writtenName)
    {
        writtenName = null;
        string name = AsciiText.ToLower(element.LocalName);
        if (ElementPolicy.IsDropped(name))
            return false;
        if (name == "iframe")
            return WriteIframe(element);
        if (ElementPolicy.WrittenName(name) is not { } allowed || element.GetAttribute("name") == ComposeMark)
            return true;
        if (!ElementPolicy.MayBeEmpty(name) && IsEmpty(element))
            return false;
        if (allowed == "img")
            return WriteImage(element);

        string attributes = Attributes(element, name, allowed);
        if (ElementPolicy.IsVoid(allowed))
        {
            _writer.Raw($"<{allowed}{attributes} />");
            return false;
        }

        if (ElementPolicy.IsPreformatted(allowed))
            _preformatted++;
        _writer.StartTag($"<{allowed}{attributes}>");
        writtenName = allowed;
        return true;
    }

    private static bool IsEmpty(IElement element)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is not IElement inner || !ElementPolicy.IsDropped(AsciiText.ToLower(inner.LocalName)))
                return false;
        }

        return true;
    }

    private static string Attributes(IElement element, string name, string writtenName)
    {
        var attributes = new AttributeWriter(name == "font" ? FontStyle(element) : ElementPolicy.StyleOf(name));
        foreach (var attribute in element.Attributes)
        {
            string key = AsciiText.ToLower(attribute.Name);
            if (key == "style")
                attributes.AddSourceStyle(attribute.Value);
            else if (AttributePolicy.IsAllowed(writtenName, key))
                attributes.Add(writtenName, key, attribute.Value);
            else if (AttributePolicy.StyleOf(name, key, attribute.Value) is { } style)
                attributes.AddStyle(style);
        }

        attributes.AddMissing(writtenName);
        return attributes.ToString();
    }

    private static string FontStyle(IElement font)
    {
        var style = new StringBuilder();
        foreach (string attribute in (ReadOnlySpan<string>)["color", "size", "face"])
        {
            if (font.GetAttribute(attribute) is { } value)
                style.Append(style.Length > 0 ? ";" : "").Append(AttributePolicy.StyleOf("font", attribute, value));
        }

        return style.ToString();
    }

    private bool WriteImage(IElement element)
    {
        string src = (element.GetAttribute("src") ?? "").Trim();
        if (EmbeddedImage.TryParse(src, out var image))
        {
            _embeddedImages.Add(image);
            src = "cid:" + image.ContentId;
        }
        else if (ImageSource.FileKeyOf(src, _options.HelpDeskUrl) is { } key)
        {
            src = "cid:" + key;
        }

        string address = LinkAddress.Clean("src", src);
        if (!address.Equals(src, StringComparison.Ordinal) || !ImageSource.IsKept(src))
        {
            _writer.Interrupt();
            return false;
        }

        element.SetAttribute("src", src);
        string tag = $"<img{Attributes(element, "img", "img")} />";
        if (ImageSource.ContentIdOf(src) is { } contentId)
        {
            string value = HtmlWriter.EscapeAttribute(LinkAddress.Escape(src));
            int offset = tag.IndexOf($" src=\"{value}\"", StringComparison.Ordinal);
            if (offset >= 0)
                _references.Add(new(_writer.Length + offset + " src=\"".Length, value.Length, contentId));
        }

        _writer.Raw(tag);
        return false;
    }

    private bool WriteIframe(IElement element)
    {
        string src = (element.GetAttribute("src") ?? "").Trim();
        if (!IframePolicy.IsAllowed(src, _options.IframeHosts))
        {
            _writer.Interrupt();
            return false;
        }

        var attributes = new AttributeWriter(null);
        foreach (var attribute in element.Attributes)
        {
            string key = AsciiText.ToLower(attribute.Name);
            if (key == "style")
                attributes.AddSourceStyle(attribute.Value);
            else if (key is "height" or "width" or "type" or "src" or "frameborder" or "allowfullscreen")
                attributes.Add("iframe", key, attribute.Value);
        }

        _writer.Raw($"<iframe{attributes}></iframe>");
        return false;
    }

    private readonly record struct OpenNode(INode Node, string? WrittenName, int NextChild = 0);
}
