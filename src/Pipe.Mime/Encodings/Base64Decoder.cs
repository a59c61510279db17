using System.Buffers.Text;

namespace Pipe.Mime.Encodings;

/// <summary>Base64 (RFC 2045 section 6.8): whole lines at once, and around faults byte by byte.</summary>
internal sealed class Base64Decoder : TransferDecoder
{
    private int _bits;
    private int _bitCount;

    public override long MaxDecodedLength(long length) => (length / 4 * 3) + 3;

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output, out int used)
    {
        used = 0;
        int written = 0;
        while (used < input.Length && written + 3 <= output.Length)
        {
            if (_bitCount == 0)
            {
                int line = input[used..].IndexOf((byte)'\n');
                var run = line < 0 ? input[used..] : input.Slice(used, line);
                if (!run.IsEmpty && run[^1] == '\r')
                    run = run[..^1];
                // The last group may be padded, and that is for the slow way.
                int whole = Math.Min(run.Length & ~3, (output.Length - written) / 3 * 4);
                if (whole > 0 && run[whole - 1] == '=')
                    whole -= 4;
                if (whole > 0)
                {
                    _ = Base64.DecodeFromUtf8(run[..whole], output[written..], out int consumed, out int count, isFinalBlock: false);
                    // White space is skipped there, so only whole groups may count.
                    used += consumed;
                    written += count;
                    if (consumed == whole && consumed == run.Length && line >= 0)
                        used = used - consumed + line + 1;
                    if (consumed > 0)
                        continue;
                }
            }

            DecodeSlowly(input, output, ref used, ref written);
        }

        return written;
    }

    // Up to the next whole group: whatever is not of the alphabet is skipped (RFC 2045 section 6.8).
    private void DecodeSlowly(ReadOnlySpan<byte> input, Span<byte> output, ref int used, ref int written)
    {
        while (used < input.Length && written < output.Length)
        {
            byte b = input[used++];
            int value = Base64Alphabet.ValueOf(b);
            if (value < 0)
            {
                // Padding ends a group; what follows begins another (several encoded pieces put together).
                if (b == '=')
                    _bitCount = 0;
                if (b == '\n' && _bitCount == 0)
                    return;
                continue;
            }

            _bits = ((_bits << 6) | value) & 0xFFFFFF;
            _bitCount += 6;
            if (_bitCount >= 8)
            {
                _bitCount -= 8;
                output[written++] = (byte)(_bits >> _bitCount);
                if (_bitCount == 0)
                    return;
            }
        }
    }
}
