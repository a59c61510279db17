using MimeKit;
namespace Pipe.Tickets.Reading;

/// <summary>The decoded bytes of a leaf.</summary>
internal static class PartContent
{
    /// <summary>Writes them. Transfer encodings other than quoted-printable and base64 are left as they are, as osTicket does.</summary>
    public static void CopyTo(MimePart part, Stream destination, CancellationToken cancellationToken)
    {
        if (part.Content is not { } content)
            return;

        if (content.Encoding is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable)
            content.DecodeTo(destination, cancellationToken);
        else
            content.WriteTo(destination, cancellationToken);
    }

    /// <summary>The first bytes, and whether there are more.</summary>
    public static ReadOnlySpan<byte> ReadStart(MimePart part, int maxBytes, out bool isCut, CancellationToken cancellationToken)
    {
        using var start = new StartStream(maxBytes);
        CopyTo(part, start, cancellationToken);
        isCut = start.IsCut;
        return start.Bytes;
    }
}
