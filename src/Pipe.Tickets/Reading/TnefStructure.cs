using System.Buffers.Binary;

namespace Pipe.Tickets.Reading;

/// <summary>Walks through a TNEF stream (MS-OXTNEF) without taking anything from it.</summary>
/// <remarks>
/// MimeKit's reader believes the counts of a stream: one that announces more values than it holds, or a long name, keeps it busy for
/// minutes with 10 KB. One wrong checksum is a mailer's fault, more are damage. What stands behind the last attribute does not matter.
/// </remarks>
internal sealed class TnefStructure
{
    private const uint Signature = 0x223E9F78;
    private const int SignatureAndKeyBytes = 6;
    private const int ChecksumBytes = 2;
    private const ushort MapiProperties = 0x9003;
    private const ushort RecipientTable = 0x9004;
    private const ushort AttachmentProperties = 0x9005;
    private const ushort IsMultiValued = 0x1000;
    private const ushort IsNamed = 0x8000;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[4096];
    private readonly CancellationToken _cancellationToken;

    // What is left of the attribute, and the sum of what was read of it.
    private long _left;
    private ushort _sum;

    private TnefStructure(Stream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether everything that the stream announces is there.</summary>
    public static bool IsIntact(Stream stream, CancellationToken cancellationToken) => new TnefStructure(stream, cancellationToken).Walk();

    private bool Walk()
    {
        _left = SignatureAndKeyBytes;
        if (!TryReadUInt32(out uint signature) || signature != Signature || !TrySkip(_left))
            return false;

        // A level (of the message or of an attachment), the attribute's id and type, its length.
        int wrongSums = 0;
        for (int attributes = 0; ; attributes++)
        {
            int level = _stream.ReadByte();
            if (level is not (1 or 2))
                return attributes > 0 && wrongSums <= 1;

            _left = 2 * sizeof(uint);
            if (!TryReadUInt32(out uint tag) || !TryReadUInt32(out uint length))
                return false;
            _left = length;
            _sum = 0;
            bool isWhole = (ushort)tag switch
            {
                MapiProperties or AttachmentProperties => TrySkipProperties(),
                RecipientTable => TrySkipRows(),
                _ => true,
            };
            if (!isWhole || !TrySkip(_left))
                return false;

            ushort sum = _sum;
            _left = ChecksumBytes;
            if (!TryRead(ChecksumBytes))
                return false;
            wrongSums += BinaryPrimitives.ReadUInt16LittleEndian(_buffer) == sum ? 0 : 1;
        }
    }

    private bool TrySkipRows()
    {
        if (!TryReadUInt32(out uint rows))
            return false;
        for (; rows > 0; rows--)
        {
            if (!TrySkipProperties())
                return false;
        }

        return true;
    }

    private bool TrySkipProperties()
    {
        if (!TryReadUInt32(out uint count))
            return false;
        for (; count > 0; count--)
        {
            if (!TryReadUInt32(out uint tag) || ((tag >> 16) >= IsNamed && !TrySkipName()) || !TrySkipValues((ushort)tag))
                return false;
        }

        return true;
    }

    // A set of properties, then a number (kind 0) or a text (kind 1).
    private bool TrySkipName() => TrySkip(16) && TryReadUInt32(out uint kind) && (kind == 1 ? TrySkipText() : TrySkip(sizeof(uint)));

    private bool TrySkipValues(ushort type)
    {
        var (size, isCounted) = (type & ~IsMultiValued) switch
        {
            0x0000 or 0x0001 => (0, false),
            0x0002 or 0x0003 or 0x0004 or 0x000A or 0x000B => (4, false),
            0x0005 or 0x0006 or 0x0007 or 0x0014 or 0x0040 => (8, false),
            0x0048 => (16, false),
            0x000D or 0x001E or 0x001F or 0x0102 => (0, true),
            _ => (-1, false),
        };
        uint count = 1;
        if (size < 0 || ((isCounted || (type & IsMultiValued) != 0) && !TryReadUInt32(out count)))
            return false;
        if (!isCounted)
            return size == 0 ? count <= 1 : TrySkip((long)size * count);
        for (; count > 0; count--)
        {
            if (!TrySkipText())
                return false;
        }

        return true;
    }

    // A length, and that many bytes, filled up to a multiple of four; some programs leave that out at the end.
    private bool TrySkipText() => TryReadUInt32(out uint length) && TrySkip(length) && TrySkip(Math.Min(-length & 3L, _left));

    private bool TryReadUInt32(out uint value)
    {
        bool isThere = TryRead(sizeof(uint));
        value = isThere ? BinaryPrimitives.ReadUInt32LittleEndian(_buffer) : 0;
        return isThere;
    }

    private bool TrySkip(long count)
    {
        if (count > _left)
            return false;
        for (; count > 0; count -= Math.Min(count, _buffer.Length))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (!TryRead((int)Math.Min(count, _buffer.Length)))
                return false;
        }

        return true;
    }

    private bool TryRead(int count)
    {
        if (count > _left)
            return false;
        _left -= count;
        var bytes = _buffer.AsSpan(0, count);
        if (_stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            return false;
        foreach (byte b in bytes)
            _sum += b;
        return true;
    }
}
