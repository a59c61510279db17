namespace Pipe.Mime.Encodings;

/// <summary>Uuencode: the lines between "begin" and "end", or all of them where there is no "begin".</summary>
internal sealed class UUTransferDecoder : TransferDecoder
{
    private const int MaxLine = 256;

    private byte[] _line = new byte[MaxLine];
    private int _lineLength;
    private bool _begun;
    private bool _ended;

    /// <summary>Whether the data starts right away, without a "begin" line.</summary>
    public UUTransferDecoder(bool begun = false) => _begun = begun;

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output, out int used)
    {
        used = 0;
        int written = 0;
        while (used < input.Length && written + MaxLine <= output.Length)
        {
            var rest = input[used..];
            int end = rest.IndexOf((byte)'\n');
            var piece = end < 0 ? rest : rest[..end];
            int room = Math.Min(piece.Length, MaxLine - _lineLength);
            piece[..room].CopyTo(_line.AsSpan(_lineLength));
            _lineLength += room;
            used += end < 0 ? rest.Length : end + 1;
            if (end < 0)
                break;
            written += DecodeLine(output[written..]);
        }

        return written;
    }

    public UUTransferDecoder Clone()
    {
        var copy = (UUTransferDecoder)MemberwiseClone();
        copy._line = (byte[])_line.Clone();
        return copy;
    }

    public override int Finish(Span<byte> output) => DecodeLine(output);

    private int DecodeLine(Span<byte> output)
    {
        var line = _line.AsSpan(0, _lineLength).TrimEnd("\r"u8);
        _lineLength = 0;
        if (_ended || line.IsEmpty)
            return 0;
        if (!_begun)
        {
            _begun = line.StartsWith("begin "u8);
            return 0;
        }

        if (line.SequenceEqual("end"u8))
        {
            _ended = true;
            return 0;
        }

        int length = (line[0] - 32) & 63;
        int written = 0;
        for (int i = 1; written < length; i += 4)
        {
            // Trailing spaces may have been cut off on the way; they stand for zeros.
            int group = 0;
            for (int j = 0; j < 4; j++)
                group = (group << 6) | (i + j < line.Length ? (line[i + j] - 32) & 63 : 0);
            for (int shift = 16; shift >= 0 && written < length; shift -= 8)
                output[written++] = (byte)(group >> shift);
        }

        return written;
    }
}
