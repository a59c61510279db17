using System.Text;

namespace Pipe.Tickets.Entries.Html;

/// <summary>Collects the attributes of one tag.</summary>
internal sealed class AttributeWriter(string? elementStyle)
{
    private readonly List<KeyValuePair<string, string>> _attributes = [];
    private readonly StringBuilder _style = new(elementStyle);
    private int _stylePosition = -1;

    /// <summary>Adds an allowed attribute.</summary>
    public void Add(string element, string name, string value)
    {
        if (!IsName(name) || Has(name))
            return;

        switch (name)
        {
            case "class":
                value = OfficeClasses(value);
                if (value.Length == 0)
                    return;
                break;
            case "href" or "src":
                value = LinkAddress.Escape(LinkAddress.Clean(name, value));
                break;
            case "cite" or "longdesc" or "usemap" or "itemid" or "itemtype":
                value = LinkAddress.Clean(name, value);
                break;
        }

        _attributes.Add(new(name, value));
        if (name == "name" && element is "a" or "map")
            _attributes.Add(new("id", value));
    }

    /// <summary>Adds the source's own style; the attribute stays where it was.</summary>
    public void AddSourceStyle(string style)
    {
        if (_stylePosition < 0)
            _stylePosition = _attributes.Count;
        AddStyle(style);
    }

    /// <summary>Adds declarations.</summary>
    public void AddStyle(string style)
    {
        if (_style.Length > 0)
            _style.Append(';');
        _style.Append(style);
    }

    /// <summary>Adds the attributes that the element must have.</summary>
    public void AddMissing(string element)
    {
        if (element == "img")
            AddIfMissing("alt", "image");
        if (element == "area")
            AddIfMissing("alt", "area");
        if (element == "textarea")
        {
            AddIfMissing("rows", "10");
            AddIfMissing("cols", "50");
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string style = StyleAttribute.Clean(_style.ToString());
        if (style.Length > 0)
            _attributes.Insert(_stylePosition < 0 ? _attributes.Count : _stylePosition, new("style", style));

        var text = new StringBuilder();
        foreach (var (name, value) in _attributes)
            text.Append(' ').Append(name).Append("=\"").Append(HtmlWriter.EscapeAttribute(value)).Append('"');
        return text.ToString();
    }

    private void AddIfMissing(string name, string value)
    {
        if (!Has(name))
            _attributes.Add(new(name, value));
    }

    private bool Has(string name)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Key == name)
                return true;
        }

        return false;
    }

    private static bool IsName(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return false;
        }

        return true;
    }

    // The classes of a word processor; all others would meet the help desk's own style sheet.
    private static string OfficeClasses(string classes)
    {
        var kept = new StringBuilder();
        foreach (string name in classes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.StartsWith("Mso", StringComparison.Ordinal))
                kept.Append(kept.Length > 0 ? " " : "").Append(name);
        }

        return kept.ToString();
    }
}
