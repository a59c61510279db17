namespace Pipe.Mime;

/// <summary>A complaint of a mail system about a message (RFC 5965).</summary>
public class MessageFeedbackReport : MimePart
{
    private HeaderList? _fields;

    /// <summary>Creates an empty report.</summary>
    public MessageFeedbackReport()
        : base("message", "feedback-report")
    {
    }

    internal MessageFeedbackReport(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The fields of the report.</summary>
    public HeaderList Fields => _fields ??= FieldGroups.Read(this) is { Count: > 0 } groups ? groups[0] : [];

    /// <inheritdoc/>
    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        if (Content is null && _fields is not null)
            Content = FieldGroups.Write([_fields]);
        base.WriteTo(options, stream, contentOnly, cancellationToken);
    }
}
