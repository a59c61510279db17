using System.Text;
using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>A leaf of the MIME tree as a file.</summary>
/// <param name="part">The part.</param>
/// <param name="charset">The charset of a text that is stored as UTF-8, or <c>null</c> to leave the bytes alone.</param>
internal sealed class MimePartAttachment(MimePart part, Encoding? charset) : InboundAttachment
{
    public override void CopyTo(Stream destination, CancellationToken cancellationToken = default)
    {
        if (charset is null)
        {
            PartContent.CopyTo(part, destination, cancellationToken);
            return;
        }

        using var utf8 = Encoding.CreateTranscodingStream(destination, new UTF8Encoding(false), charset, leaveOpen: true);
        PartContent.CopyTo(part, utf8, cancellationToken);
    }
}
