using Pipe.Mime.Utils;

namespace Pipe.Mime.Encodings;

/// <summary>Quoted-printable (RFC 2045 section 6.7).</summary>
internal sealed class QuotedPrintableDecoder : TransferDecoder
{
    // What follows an equals sign and is not decided yet: the sign with a digit, or with white space before a line break.
    private readonly byte[] _held = new byte[3];
    private int _heldCount;

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output, out int used)
    {
        used = 0;
        int written = 0;
        while (used < input.Length && written + 3 < output.Length)
        {
            if (_heldCount > 0)
            {
                written += Continue(input[used], output[written..], out bool taken);
                if (taken)
                    used++;
                continue;
            }

            var rest = input[used..];
            int room = output.Length - written - 3;
            if (rest.Length > room)
                rest = rest[..room];
            int plain = rest.IndexOf((byte)'=');
            if (plain < 0)
                plain = rest.Length;
            if (plain > 0)
            {
                rest[..plain].CopyTo(output[written..]);
                written += plain;
                used += plain;
                continue;
            }

            // The usual case at once: two digits behind the sign.
            if (rest.Length >= 3 && HexDigit.ValueOf(rest[1]) is var high and >= 0 && HexDigit.ValueOf(rest[2]) is var low and >= 0)
            {
                output[written++] = (byte)((high << 4) | low);
                used += 3;
                continue;
            }

            _held[0] = (byte)'=';
            _heldCount = 1;
            used++;
        }

        return written;
    }

    public override int Finish(Span<byte> output)
    {
        int count = 0;
        // A sign at the very end is a soft line break without its line.
        if (_heldCount > 1 && _held[1] is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
        {
            _held.AsSpan(0, _heldCount).CopyTo(output);
            count = _heldCount;
        }

        _heldCount = 0;
        return count;
    }

    private int Continue(byte b, Span<byte> output, out bool taken)
    {
        taken = true;
        if (_heldCount == 1)
        {
            if (b == '\n')
            {
                _heldCount = 0;
                return 0;
            }

            if (b is (byte)'\r' or (byte)' ' or (byte)'\t' || HexDigit.ValueOf(b) >= 0)
            {
                _held[1] = b;
                _heldCount = 2;
                return 0;
            }

            return Release(output, out taken);
        }

        byte second = _held[1];
        if (second is (byte)'\r' or (byte)' ' or (byte)'\t')
        {
            if (b == '\n')
            {
                _heldCount = 0;
                return 0;
            }

            // White space between the sign and the line break was put there on the way.
            if (second != '\r' && b is (byte)' ' or (byte)'\t' or (byte)'\r')
                return 0;
            return Release(output, out taken);
        }

        if (HexDigit.ValueOf(b) is var low and >= 0)
        {
            output[0] = (byte)((HexDigit.ValueOf(second) << 4) | low);
            _heldCount = 0;
            return 1;
        }

        return Release(output, out taken);
    }

    // No valid escape: it stays as it was written.
    private int Release(Span<byte> output, out bool taken)
    {
        int count = _heldCount;
        _held.AsSpan(0, count).CopyTo(output);
        _heldCount = 0;
        taken = false;
        return count;
    }
}
