using System.Diagnostics.CodeAnalysis;
using Pipe.Mime.Text;

namespace Pipe.Mime;

/// <summary>The same content in several forms, the best one last (RFC 2046 section 5.1.4).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class MultipartAlternative : Multipart
{
    /// <summary>Creates an empty multipart/alternative.</summary>
    public MultipartAlternative()
        : base("alternative")
    {
    }

    /// <summary>Creates a multipart/alternative with children.</summary>
    public MultipartAlternative(params object[] args)
        : base("alternative", args)
    {
    }

    internal MultipartAlternative(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The plain text, or <c>null</c>.</summary>
    public string? TextBody => GetTextBody(TextFormat.Plain);

    /// <summary>The HTML, or <c>null</c>.</summary>
    public string? HtmlBody => GetTextBody(TextFormat.Html);

    /// <summary>The text in a format, or <c>null</c>.</summary>
    public string? GetTextBody(TextFormat format) => TryGetValue(format, out var body) ? MimeMessage.TextOf(body) : null;

    /// <inheritdoc/>
    public override bool TryGetValue(TextFormat format, [NotNullWhen(true)] out TextPart? body)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            switch (this[i])
            {
                case Multipart multipart when multipart.TryGetValue(format, out body):
                    return true;
                case TextPart text when text.IsFormat(format):
                    body = text;
                    return true;
            }
        }

        body = null;
        return false;
    }
}
