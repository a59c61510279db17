namespace Pipe.Mime;

/// <summary>A receipt (RFC 8098).</summary>
public class MessageDispositionNotification : MimePart
{
    private HeaderList? _fields;

    /// <summary>Creates an empty receipt.</summary>
    public MessageDispositionNotification()
        : base("message", "disposition-notification")
    {
    }

    internal MessageDispositionNotification(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The fields of the receipt.</summary>
    public HeaderList Fields => _fields ??= FieldGroups.Read(this) is { Count: > 0 } groups ? groups[0] : [];

    /// <inheritdoc/>
    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        if (Content is null && _fields is not null)
            Content = FieldGroups.Write([_fields]);
        base.WriteTo(options, stream, contentOnly, cancellationToken);
    }
}
