using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>A message inside of the message, as an .eml file.</summary>
internal sealed class EnclosedMessageAttachment(MessagePart part, FormatOptions format) : InboundAttachment
{
    public override void CopyTo(Stream destination, CancellationToken cancellationToken = default) =>
        part.Message?.WriteTo(format, destination, cancellationToken);
}
