namespace Pipe.Mime;

/// <summary>The header of a message without its body (RFC 3462 section 2).</summary>
public class TextRfc822Headers : MessagePart
{
    /// <summary>Creates an empty part of the type text/rfc822-headers.</summary>
    public TextRfc822Headers()
        : base(new ContentType("text", "rfc822-headers"))
    {
    }

    internal TextRfc822Headers(EntityHeaders parsed)
        : base(parsed)
    {
    }
}
