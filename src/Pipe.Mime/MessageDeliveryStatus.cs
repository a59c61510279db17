namespace Pipe.Mime;

/// <summary>A delivery status (RFC 3464): the fields of the message, then those of each recipient.</summary>
public class MessageDeliveryStatus : MimePart
{
    private HeaderListCollection? _groups;

    /// <summary>Creates an empty status.</summary>
    public MessageDeliveryStatus()
        : base("message", "delivery-status")
    {
    }

    internal MessageDeliveryStatus(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The groups of fields; the first is that of the message.</summary>
    public HeaderListCollection StatusGroups => _groups ??= new HeaderListCollection(FieldGroups.Read(this));

    /// <inheritdoc/>
    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        if (Content is null && _groups is not null)
            Content = FieldGroups.Write(_groups);
        base.WriteTo(options, stream, contentOnly, cancellationToken);
    }
}
