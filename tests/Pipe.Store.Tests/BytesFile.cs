namespace Pipe.Store.Tests;

internal sealed class BytesFile(byte[] content) : InboundAttachment
{
    public static BytesFile Of(string name, byte[] content, string mediaType = "application/pdf", string? contentId = null) =>
        new(content) { Name = name, MediaType = mediaType, ContentId = contentId };

    public override void CopyTo(Stream destination, CancellationToken cancellationToken = default) => destination.Write(content);
}
