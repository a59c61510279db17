using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Reading;

/// <summary>A text out of one part of the message.</summary>
/// <param name="Content">Plain text or HTML.</param>
/// <param name="IsHtml">Which of them.</param>
/// <param name="IsFile">Whether it is a file in the first place, and shown only where no other text has words.</param>
internal sealed record TextPiece(string Content, bool IsHtml, bool IsFile)
{
    // Blanks that are none to .NET: zero width space and joiner, soft hyphen, byte-order mark, grapheme joiner.
    private const string Invisible = "\u200B\u200C\u200D\u00AD\uFEFF\u034F\u2060";

    private bool? _hasWords;

    /// <summary>Whether there is something to read in it.</summary>
    public bool HasWords => _hasWords ??= IsHtml ? HasVisibleText(Content) : !string.IsNullOrWhiteSpace(Content);

    private static bool HasVisibleText(string html)
    {
        int body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        string text = PlainLine.DecodeEntities(TagStripper.Strip(body < 0 ? html : html[body..], dropScripts: true));
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c) && !Invisible.Contains(c, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}

/// <summary>The texts of a part of the tree in the order in which mail programs show them.</summary>
/// <param name="Rich">For those who see HTML.</param>
/// <param name="Plain">For those who see plain text.</param>
internal sealed record ShownTexts(IReadOnlyList<TextPiece> Rich, IReadOnlyList<TextPiece> Plain)
{
    public static readonly ShownTexts None = new([], []);

    public static ShownTexts Of(TextPiece piece) => new([piece], [piece]);

    /// <summary>One below the other.</summary>
    public static ShownTexts AllOf(IReadOnlyList<ShownTexts> parts) =>
        new([.. parts.SelectMany(part => part.Rich)], [.. parts.SelectMany(part => part.Plain)]);

    /// <summary>Those that say the same in the form that is asked for, if there are words in it; else those that have words.</summary>
    public static ShownTexts OneOf(IReadOnlyList<ShownTexts> alternatives) => new(
        First([.. alternatives.Select(alternative => alternative.Rich)], isHtml: true),
        First([.. alternatives.Select(alternative => alternative.Plain)], isHtml: false));

    /// <summary>The body of the entry.</summary>
    /// <param name="isRich">Whether HTML is preferred.</param>
    /// <param name="tnefHtml">The HTML of a winmail.dat, which says the same as the other texts; or <c>null</c>.</param>
    /// <param name="tnefPlain">Its plain text, or <c>null</c>.</param>
    public MailBody Choose(bool isRich, string? tnefHtml, string? tnefPlain)
    {
        var pieces = WithWords(isRich ? Rich : Plain);
        bool hasWords = pieces.Any(piece => piece.HasWords);
        if (tnefHtml is not null && (isRich || !hasWords))
            pieces = [new TextPiece(tnefHtml, IsHtml: true, IsFile: false)];
        else if (tnefPlain is not null && !hasWords)
            pieces = [new TextPiece(tnefPlain, IsHtml: false, IsFile: false)];
        if (isRich && pieces.Any(piece => piece.IsHtml))
            return new(BodyFormat.Html, string.Concat(pieces.Select(InHtml)));
        return new(BodyFormat.Text, string.Concat(pieces.Select(piece => piece.IsHtml ? HtmlToText.Convert(piece.Content) : piece.Content)));
    }

    private static IReadOnlyList<TextPiece> First(IReadOnlyList<IReadOnlyList<TextPiece>> alternatives, bool isHtml)
    {
        var asked = alternatives.Where(pieces => pieces.Any(piece => piece.IsHtml == isHtml && !piece.IsFile && piece.HasWords)).ToList();
        return [.. (asked.Count > 0 ? asked : alternatives).SelectMany(pieces => pieces)];
    }

    private static List<TextPiece> WithWords(IReadOnlyList<TextPiece> pieces)
    {
        var shown = pieces.Where(piece => !piece.IsFile && (pieces.Count == 1 || piece.HasWords)).ToList();
        if (shown.Count > 0)
            return shown;
        var words = pieces.Where(piece => piece.HasWords).ToList();
        return words.Count > 0 ? words : [.. pieces.TakeLast(1)];
    }

    private static string InHtml(TextPiece piece) => piece.IsHtml
        ? piece.Content
        : $"<div style=\"white-space:pre-wrap\">{PlainText.Escape(piece.Content.AsSpan().Trim("\r\n"))}</div>";
}
