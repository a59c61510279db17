using System.Net;
using System.Text;

namespace Pipe.Tickets.Notifications;

/// <summary>Puts values into a template: <c>%{name}</c>, or <c>%%7Bname%7D</c> as editors write it into links.</summary>
/// <remarks>
/// The template is read once from left to right and values are never read again, so a placeholder inside a customer's message is
/// just text. Plain values are escaped for the place they stand in.
/// </remarks>
internal sealed class TemplateExpander(TemplateScope scope)
{
    private const int MaxNameLength = 256;

    private readonly List<OutgoingFile> _files = [];

    private enum Place
    {
        Line,
        Text,
        Tag,
    }

    /// <summary>The files that placeholders asked for.</summary>
    public IReadOnlyList<OutgoingFile> Files => _files;

    /// <summary>Expands a template of HTML.</summary>
    public string ToHtml(string template)
    {
        var html = new StringBuilder(template.Length * 2);
        bool inTag = false;
        Expand(template, html, literal => inTag = EndsInTag(literal, inTag), () => inTag ? Place.Tag : Place.Text);
        return html.ToString();
    }

    /// <summary>Expands a template of one line of plain text, such as a subject.</summary>
    public string ToLine(string template)
    {
        var line = new StringBuilder(template.Length * 2);
        Expand(template, line, static _ => { }, static () => Place.Line);
        return SingleLine(line.ToString());
    }

    /// <summary>The text without line ends and other controls, trimmed: fit for a header field.</summary>
    public static string SingleLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == '\t')
                line.Append(' ');
            else if (!char.IsControl(c) && c is not ('\u2028' or '\u2029'))
                line.Append(c);
        }

        return line.ToString().Trim();
    }

    private void Expand(string template, StringBuilder output, Action<ReadOnlyMemory<char>> onLiteral, Func<Place> place)
    {
        int done = 0;
        for (int at = template.IndexOf('%', StringComparison.Ordinal); at >= 0; at = at + 1 < template.Length ? template.IndexOf('%', at + 1) : -1)
        {
            if (!TryReadName(template, at, out string name, out int end))
                continue;

            var literal = template.AsMemory(done, at - done);
            output.Append(literal);
            onLiteral(literal);
            if (scope.Find(name) is { } value)
                Append(output, value, place());
            else
                output.Append(template, at, end - at);
            done = end;
            at = end - 1;
        }

        output.Append(template, done, template.Length - done);
    }

    private void Append(StringBuilder output, TemplateValue value, Place place)
    {
        switch (value)
        {
            case TemplateValue.Plain plain:
                AppendPlain(output, plain.Text, place);
                break;
            case TemplateValue.Markup markup when place == Place.Text:
                output.Append(markup.Html);
                break;
            case TemplateValue.Markup markup:
                AppendPlain(output, HtmlToText.Convert(markup.Html), place);
                break;
            case TemplateValue.Member member:
                Append(output, member.Self, place);
                break;
            case TemplateValue.Deferred deferred:
                Append(output, deferred.Make(), place);
                break;
            case TemplateValue.Files files:
                _files.AddRange(files.Load());
                break;
        }
    }

    private static void AppendPlain(StringBuilder output, string text, Place place)
    {
        if (place == Place.Line)
        {
            output.Append(text);
            return;
        }

        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' when place == Place.Tag => output.Append("&quot;"),
                '\'' when place == Place.Tag => output.Append("&#39;"),
                _ => output.Append(c),
            };
        }
    }

    private static bool EndsInTag(ReadOnlyMemory<char> literal, bool inTag)
    {
        var text = literal.Span;
        for (int i = 0; i < text.Length; i++)
        {
            if (inTag)
                inTag = text[i] != '>';
            else if (text[i] == '<')
                inTag = i + 1 == text.Length || char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!';
        }

        return inTag;
    }

    private static bool TryReadName(string template, int at, out string name, out int end)
    {
        name = "";
        end = at;
        int start = AfterOpening(template, at);
        if (start < 0)
            return false;

        for (int i = start; i < template.Length && i - start <= MaxNameLength; i++)
        {
            bool encodedEnd = template[i] == '%' && AsciiText.StartsWithIgnoreCase(template.AsSpan(i), "%7D");
            if (template[i] != '}' && !encodedEnd)
                continue;

            name = template[start..i];
            if (name.Contains('%', StringComparison.Ordinal))
                name = WebUtility.UrlDecode(name.Replace("+", "%2B", StringComparison.Ordinal));
            end = i + (encodedEnd ? 3 : 1);
            return IsName(name);
        }

        return false;
    }

    private static int AfterOpening(string template, int at)
    {
        var rest = template.AsSpan(at);
        if (rest.StartsWith("%{", StringComparison.Ordinal))
            return at + 2;
        return AsciiText.StartsWithIgnoreCase(rest, "%%7B") ? at + 4 : -1;
    }

    private static bool IsName(string name)
    {
        if (name.Length < 2 || !(char.IsAsciiLetter(name[0]) || name[0] == '_'))
            return false;

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.'))
                return false;
        }

        return true;
    }
}
