using Pipe.Mime.Encodings;

namespace Pipe.Mime;

/// <summary>Writes the content of a part in the transfer encoding of its header.</summary>
internal static class ContentWriter
{
    public static void Write(
        FormatOptions options, MimePart part, IMimeContent content, Stream stream, CancellationToken cancellationToken)
    {
        var target = part.ContentTransferEncoding;
        if (target == content.Encoding && target is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode)
        {
            content.WriteTo(new NewLineStream(stream, options), cancellationToken);
            return;
        }

        switch (target)
        {
            case ContentEncoding.Base64:
                using (var encoder = new Base64EncodingStream(stream, options.NewLine))
                    content.DecodeTo(encoder, cancellationToken);
                break;
            case ContentEncoding.QuotedPrintable:
                using (var encoder = new QuotedPrintableEncodingStream(stream, options.NewLine))
                    content.DecodeTo(encoder, cancellationToken);
                break;
            case ContentEncoding.UUEncode:
                using (var encoder = new UUEncodingStream(stream, options.NewLine, part.FileName ?? "unknown"))
                    content.DecodeTo(encoder, cancellationToken);
                break;
            case ContentEncoding.Binary:
                content.DecodeTo(stream, cancellationToken);
                break;
            default:
                content.DecodeTo(new NewLineStream(stream, options), cancellationToken);
                break;
        }
    }
}
