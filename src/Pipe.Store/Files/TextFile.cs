using System.Text;

namespace Pipe.Store.Files;

/// <summary>A file made of text, such as a body that is too long for its column.</summary>
internal sealed class TextFile(string text) : InboundAttachment
{
    public override void CopyTo(Stream destination, CancellationToken cancellationToken = default) =>
        destination.Write(Encoding.UTF8.GetBytes(text));
}
