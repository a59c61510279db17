namespace Pipe.Mime.Encodings;

/// <summary>Decodes a content transfer encoding piece by piece.</summary>
internal abstract class TransferDecoder
{
    /// <summary>The decoder of an encoding, or <c>null</c> where there is nothing to decode.</summary>
    public static TransferDecoder? Create(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.Base64 => new Base64Decoder(),
        ContentEncoding.QuotedPrintable => new QuotedPrintableDecoder(),
        ContentEncoding.UUEncode => new UUTransferDecoder(),
        _ => null,
    };

    /// <summary>No more bytes than this come out of that many.</summary>
    public virtual long MaxDecodedLength(long length) => length;

    /// <summary>Decodes as much as there is room for, at least one byte of input; the output has room for at least 1024.</summary>
    /// <returns>The number of bytes written.</returns>
    public abstract int Decode(ReadOnlySpan<byte> input, Span<byte> output, out int used);

    /// <summary>Writes what the end of the input leaves over.</summary>
    public virtual int Finish(Span<byte> output) => 0;
}
