using System.Buffers.Binary;

namespace Pipe.Mime.Tnef;

/// <summary>Expands compressed RTF (MS-OXRTFCP).</summary>
internal static class RtfDecompressor
{
    private const int HeaderBytes = 16;
    private const int WindowBytes = 4096;
    private const uint Compressed = 0x75465A4C;
    private const uint Uncompressed = 0x414C454D;

    // Section 2.1.2.1: what every window begins with
    private static ReadOnlySpan<byte> Preset =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>The RTF, as far as it can be read; <c>null</c> where it is none.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderBytes)
            return null;
        uint rawSize = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        var content = data[HeaderBytes..];
        if (kind == Uncompressed)
            return content[..(int)Math.Min(rawSize, (uint)content.Length)].ToArray();
        return kind == Compressed ? Expand(content, rawSize) : null;
    }

    private static byte[] Expand(ReadOnlySpan<byte> content, uint rawSize)
    {
        byte[] window = new byte[WindowBytes];
        Preset.CopyTo(window);
        int write = Preset.Length;

        // Two bytes give 17 at most, so a false size cannot ask for more than that.
        byte[] output = new byte[(int)Math.Min(rawSize, Math.Min(Array.MaxLength, (content.Length * 9L) + 16))];
        int count = 0;
        int at = 0;
        while (at < content.Length && count < output.Length)
        {
            int control = content[at++];
            for (int bit = 0; bit < 8 && at < content.Length && count < output.Length; bit++)
            {
                if ((control & (1 << bit)) == 0)
                {
                    byte literal = content[at++];
                    output[count++] = literal;
                    window[write] = literal;
                    write = (write + 1) % WindowBytes;
                    continue;
                }

                if (at + 1 >= content.Length)
                    return output.AsSpan(0, count).ToArray();
                int reference = (content[at] << 8) | content[at + 1];
                at += 2;
                int offset = reference >> 4;
                int length = (reference & 15) + 2;
                // A reference to the place of writing is the end.
                if (offset == write)
                    return output.AsSpan(0, count).ToArray();
                for (int i = 0; i < length && count < output.Length; i++)
                {
                    byte copied = window[(offset + i) % WindowBytes];
                    output[count++] = copied;
                    window[write] = copied;
                    write = (write + 1) % WindowBytes;
                }
            }
        }

        return output.AsSpan(0, count).ToArray();
    }
}
