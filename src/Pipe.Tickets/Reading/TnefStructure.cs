using System.Buffers.Binary;

namespace Pipe.Tickets.Reading;

/// <summary>The frame of a TNEF stream (MS-OXTNEF): a signature, then attributes with a length and a checksum each.</summary>
internal static class TnefStructure
{
    private const uint Signature = 0x223E9F78;
    private const int PrefixBytes = 6;
    private const int AttributeHeaderBytes = 9;
    private const int ChecksumBytes = 2;
    private const int BufferBytes = 8 * 1024;

    /// <summary>Whether everything is there and every checksum is right.</summary>
    public static bool IsIntact(Stream stream, CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[AttributeHeaderBytes];
        if (!TryFill(stream, header[..PrefixBytes]) || BinaryPrimitives.ReadUInt32LittleEndian(header) != Signature)
            return false;

        byte[] buffer = new byte[BufferBytes];
        for (int attributes = 0; ; attributes++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (read < header.Length)
                return read == 0 && attributes > 0;

            uint left = BinaryPrimitives.ReadUInt32LittleEndian(header[5..]);
            ushort sum = 0;
            while (left > 0)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(left, BufferBytes));
                if (!TryFill(stream, part))
                    return false;
                foreach (byte b in part)
                    sum += b;
                left -= (uint)part.Length;
            }

            if (!TryFill(stream, header[..ChecksumBytes]) || BinaryPrimitives.ReadUInt16LittleEndian(header) != sum)
                return false;
        }
    }

    private static bool TryFill(Stream stream, Span<byte> bytes) =>
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
