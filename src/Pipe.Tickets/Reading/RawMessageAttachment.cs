namespace Pipe.Tickets.Reading;

/// <summary>The whole message as it came, as an .eml file.</summary>
internal sealed class RawMessageAttachment(RawMessage message) : InboundAttachment
{
    private const int BufferBytes = 64 * 1024;

    public override bool IsWholeMessage => true;

    public override void CopyTo(Stream destination, CancellationToken cancellationToken = default)
    {
        using var source = message.OpenWhole();
        byte[] buffer = new byte[BufferBytes];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            destination.Write(buffer, 0, read);
        }
    }
}
