using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>The decoded bytes of a leaf.</summary>
internal static class PartContent
{
    /// <summary>Writes them. Transfer encodings other than quoted-printable and base64 are left as they are, as osTicket does.</summary>
    public static void CopyTo(MimePart part, Stream destination, CancellationToken cancellationToken)
    {
        if (part.Content is not { Stream: { } stream } content)
            return;

        var encoding = EncodingOf(part);
        if (encoding == ContentEncoding.Default)
            content.WriteTo(destination, cancellationToken);
        else
            new MimeContent(stream, encoding).DecodeTo(destination, cancellationToken);
    }

    /// <summary>Quoted-printable or base64, also where the name is misspelt ("quoted-printeable", "'base64'"); else the default.</summary>
    public static ContentEncoding EncodingOf(MimePart part)
    {
        if (part.Content is { Encoding: ContentEncoding.Base64 or ContentEncoding.QuotedPrintable } content)
            return content.Encoding;
        if (part.ContentTransferEncoding != ContentEncoding.Default)
            return ContentEncoding.Default;
        string name = string.Concat((part.Headers[HeaderId.ContentTransferEncoding] ?? "").Where(char.IsAsciiLetterOrDigit));
        return name.StartsWith("quoted", StringComparison.OrdinalIgnoreCase) ? ContentEncoding.QuotedPrintable
            : name.StartsWith("base64", StringComparison.OrdinalIgnoreCase) ? ContentEncoding.Base64
            : ContentEncoding.Default;
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
