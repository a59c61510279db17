namespace Pipe.Mime.Encodings;

/// <summary>Decodes uuencode, such as it stands in the text of a message: from the "begin" line to the "end" line.</summary>
public class UUDecoder : IMimeDecoder
{
    // A decoded line may have been held back from the piece before.
    private const int MaxHeldBytes = 1024;

    private readonly bool _payloadOnly;
    private UUTransferDecoder _decoder;

    /// <summary>Creates a decoder of a whole text, or of the encoded lines alone.</summary>
    public UUDecoder(bool payloadOnly = false)
    {
        _payloadOnly = payloadOnly;
        _decoder = new UUTransferDecoder(payloadOnly);
    }

    /// <inheritdoc/>
    public ContentEncoding Encoding => ContentEncoding.UUEncode;

    /// <inheritdoc/>
    public IMimeDecoder Clone() => new UUDecoder(_payloadOnly) { _decoder = _decoder.Clone() };

    /// <inheritdoc/>
    public int EstimateOutputLength(int inputLength) => inputLength + MaxHeldBytes;

    /// <inheritdoc/>
    public int Decode(byte[] input, int startIndex, int length, byte[] output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return _decoder.Decode(input.AsSpan(startIndex, length), output, out _);
    }

    /// <inheritdoc/>
    public void Reset() => _decoder = new UUTransferDecoder(_payloadOnly);
}
