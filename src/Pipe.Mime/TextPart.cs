using System.Text;
using Pipe.Mime.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>A part of text.</summary>
public class TextPart : MimePart
{
    /// <summary>Creates a part of plain text.</summary>
    public TextPart()
        : this("plain")
    {
    }

    /// <summary>Creates a part of text with a subtype.</summary>
    public TextPart(string subtype)
        : base("text", subtype)
    {
    }

    /// <summary>Creates a part of text in a format.</summary>
    public TextPart(TextFormat format)
        : base("text", SubtypeOf(format))
    {
        if (format == TextFormat.Flowed)
            ContentType.Format = "flowed";
    }

    internal TextPart(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The format of the text.</summary>
    public TextFormat Format
    {
        get
        {
            if (IsHtml)
                return TextFormat.Html;
            if (IsEnriched)
                return TextFormat.Enriched;
            if (IsRichText)
                return TextFormat.RichText;
            return IsFlowed ? TextFormat.Flowed : TextFormat.Plain;
        }
    }

    /// <summary>Whether the text is enriched (RFC 1896).</summary>
    public bool IsEnriched => ContentType.IsMimeType("text", "enriched") || ContentType.IsMimeType("text", "richtext");

    /// <summary>Whether the lines of the text flow (RFC 3676).</summary>
    public bool IsFlowed => IsPlain && "flowed".Equals(ContentType.Format?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the text is HTML.</summary>
    public bool IsHtml => ContentType.IsMimeType("text", "html");

    /// <summary>Whether the text is plain.</summary>
    public bool IsPlain => ContentType.IsMimeType("text", "plain");

    /// <summary>Whether the text is RTF.</summary>
    public bool IsRichText => ContentType.IsMimeType("text", "rtf") || ContentType.IsMimeType("application", "rtf");

    /// <summary>The decoded text.</summary>
    public string Text
    {
        get => Decode(ContentType.CharsetEncoding, out _);
        set => SetText(Encoding.UTF8, value);
    }

    /// <summary>The decoded text, and the charset it turned out to be in.</summary>
    public string GetText(out Encoding encoding) => Decode(ContentType.CharsetEncoding, out encoding);

    /// <summary>The text decoded as a charset, whatever was declared.</summary>
    public string GetText(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return Content is null ? "" : TextDecoder.Read(Content, bytes => encoding.GetString(bytes));
    }

    /// <summary>The text decoded as a charset, whatever was declared.</summary>
    /// <exception cref="NotSupportedException">There is no such charset.</exception>
    public string GetText(string charset) =>
        GetText(CharsetUtils.Find(charset) ?? throw new NotSupportedException("The charset is not known."));

    /// <summary>Sets the text.</summary>
    public void SetText(Encoding encoding, string text)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(text);
        ContentType.CharsetEncoding = encoding;
        Content = new MimeContent(new MemoryStream(encoding.GetBytes(text), false));
    }

    /// <summary>Sets the text.</summary>
    /// <exception cref="NotSupportedException">There is no such charset.</exception>
    public void SetText(string charset, string text) =>
        SetText(CharsetUtils.Find(charset) ?? throw new NotSupportedException("The charset is not known."), text);

    internal bool IsFormat(TextFormat format) => format switch
    {
        TextFormat.Plain => IsPlain,
        TextFormat.Flowed => IsFlowed,
        TextFormat.Html => IsHtml,
        TextFormat.Enriched => IsEnriched,
        TextFormat.RichText => IsRichText,
        _ => false,
    };

    private static string SubtypeOf(TextFormat format) => format switch
    {
        TextFormat.Html => "html",
        TextFormat.Enriched => "enriched",
        TextFormat.RichText => "rtf",
        TextFormat.CompressedRichText => throw new ArgumentOutOfRangeException(nameof(format)),
        _ => "plain",
    };

    private string Decode(Encoding? declared, out Encoding used)
    {
        used = declared ?? Encoding.UTF8;
        if (Content is null)
            return "";
        var encoding = used;
        string text = TextDecoder.Read(Content, bytes => TextDecoder.Decode(declared, bytes, Headers.Options, IsHtml, out encoding));
        used = encoding;
        return text;
    }
}
