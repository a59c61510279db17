using System.Buffers.Binary;

namespace Pipe.Tickets.Hashing;

/// <summary>A hash function of the MD family, fed piece by piece: blocks of 64 bytes, padding and length at the end.</summary>
/// <remarks>
/// .NET's own hash functions load OpenSSL, which takes a quarter of the time and of the memory that a whole delivery takes, and
/// fail where it is not installed. A mail that fits in a few pages needs neither.
/// </remarks>
public abstract class BlockHash
{
    private const int BlockBytes = 64;
    private const int LengthBytes = sizeof(ulong);

    private readonly byte[] _block = new byte[BlockBytes];
    private readonly bool _isBigEndian;
    private ulong _length;

    private protected BlockHash(bool isBigEndian) => _isBigEndian = isBigEndian;

    /// <summary>Takes the next piece of what is hashed.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int filled = (int)(_length % BlockBytes);
        _length += (ulong)bytes.Length;
        if (filled > 0)
        {
            int taken = Math.Min(bytes.Length, BlockBytes - filled);
            bytes[..taken].CopyTo(_block.AsSpan(filled));
            bytes = bytes[taken..];
            if (filled + taken < BlockBytes)
                return;
            Transform(_block);
        }

        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
            Transform(bytes[..BlockBytes]);
        bytes.CopyTo(_block);
    }

    /// <summary>Ends the hashing; nothing can be appended after it.</summary>
    public byte[] Finish()
    {
        ulong bits = _length * 8;
        int filled = (int)(_length % BlockBytes);
        int padding = (filled < BlockBytes - LengthBytes ? BlockBytes : 2 * BlockBytes) - filled;
        Span<byte> end = stackalloc byte[padding];
        end.Clear();
        end[0] = 0x80;
        if (_isBigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(end[^LengthBytes..], bits);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(end[^LengthBytes..], bits);
        Append(end);
        return WriteState();
    }

    private protected abstract void Transform(ReadOnlySpan<byte> block);

    private protected abstract byte[] WriteState();
}
