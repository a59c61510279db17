using System.Buffers;
using System.Text;

namespace Pipe.Tickets.Entries.Html;

/// <summary>Writes sanitised HTML and puts its white space in order.</summary>
/// <remarks>A run of white space becomes one blank; a blank that follows a start tag moves in front of it.</remarks>
internal sealed class HtmlWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<> \t\r\n");

    private readonly StringBuilder _html = new();
    private string? _startTag;
    private bool _endsInBlank;

    /// <summary>The number of characters written so far.</summary>
    public int Length
    {
        get
        {
            WriteStartTag();
            return _html.Length;
        }
    }

    /// <summary>Writes a start tag, once it is known what follows it.</summary>
    public void StartTag(string tag)
    {
        WriteStartTag();
        _startTag = tag;
    }

    /// <summary>Writes a tag, or anything else that is ready to be written.</summary>
    public void Raw(string tag)
    {
        WriteStartTag();
        _html.Append(tag);
        _endsInBlank = false;
    }

    /// <summary>Ends a run of white space where something was left out.</summary>
    public void Interrupt()
    {
        WriteStartTag();
        _endsInBlank = false;
    }

    /// <summary>Writes text, with its special characters as entities and without emoticons.</summary>
    public void Text(string text, bool isPreformatted)
    {
        text = EmoticonFilter.Remove(text);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            int special = rest.IndexOfAny(Special);
            if (special != 0)
            {
                WriteStartTag();
                _html.Append(special < 0 ? rest : rest[..special]);
                _endsInBlank = false;
                if (special < 0)
                    return;
            }

            char c = rest[special];
            rest = rest[(special + 1)..];
            if (c is '&' or '<' or '>')
                Raw(c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
            else if (isPreformatted)
                Raw(c.ToString());
            else
                Blank();
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        WriteStartTag();
        return _html.ToString();
    }

    /// <summary>A value for an attribute in double quotes.</summary>
    public static string EscapeAttribute(string value)
    {
        value = EmoticonFilter.Remove(value);
        if (value.AsSpan().IndexOfAny("&<>\"") < 0)
            return value;

        var escaped = new StringBuilder(value.Length + 16);
        foreach (char c in value)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    // A pending start tag stays pending, so that the blank comes to stand in front of it.
    private void Blank()
    {
        if (!_endsInBlank)
            _html.Append(' ');
        _endsInBlank = true;
    }

    private void WriteStartTag()
    {
        if (_startTag is not { } tag)
            return;

        _startTag = null;
        _html.Append(tag);
        _endsInBlank = false;
    }
}
