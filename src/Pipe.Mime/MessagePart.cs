namespace Pipe.Mime;

/// <summary>An embedded message (RFC 2046 section 5.2.1).</summary>
public class MessagePart : MimeEntity
{
    /// <summary>Creates an empty part of the type message/rfc822.</summary>
    public MessagePart()
        : this("rfc822")
    {
    }

    /// <summary>Creates an empty part of the type message with a subtype.</summary>
    public MessagePart(string subtype)
        : base("message", subtype)
    {
    }

    /// <summary>Creates a part of the type message with a subtype, and its message.</summary>
    public MessagePart(string subtype, MimeMessage message)
        : base("message", subtype) => Message = message;

    internal MessagePart(EntityHeaders parsed)
        : base(parsed)
    {
    }

    private protected MessagePart(ContentType type)
        : base(type)
    {
    }

    /// <summary>The message; <c>null</c> where there is none.</summary>
    public MimeMessage? Message { get; set; }

    /// <inheritdoc/>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78) =>
        Message?.Prepare(constraint, maxLineLength);

    /// <inheritdoc/>
    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        if (!contentOnly)
            WriteHeaders(options, stream, cancellationToken);
        Message?.WriteTo(options, stream, false, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Message?.Dispose();
        base.Dispose(disposing);
    }
}
