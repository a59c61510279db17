using System.Buffers.Binary;
using System.Numerics;

namespace Pipe.Tickets.Hashing;

/// <summary>SHA-1 (FIPS 180-4 section 6.1), by which osTicket knows files and signs Message-IDs. It protects nothing here.</summary>
public sealed class Sha1 : BlockHash
{
    private uint _a = 0x67452301;
    private uint _b = 0xEFCDAB89;
    private uint _c = 0x98BADCFE;
    private uint _d = 0x10325476;
    private uint _e = 0xC3D2E1F0;

    /// <summary>Begins a hash.</summary>
    public Sha1()
        : base(isBigEndian: true)
    {
    }

    /// <summary>The hash of all the bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> bytes)
    {
        var hash = new Sha1();
        hash.Append(bytes);
        return hash.Finish();
    }

    private protected override void Transform(ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[80];
        for (int i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (int i = 16; i < 80; i++)
            w[i] = BitOperations.RotateLeft(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);

        var (a, b, c, d, e) = (_a, _b, _c, _d, _e);
        for (int i = 0; i < 80; i++)
        {
            uint mixed = i switch
            {
                < 20 => (d ^ (b & (c ^ d))) + 0x5A827999,
                < 40 => (b ^ c ^ d) + 0x6ED9EBA1,
                < 60 => ((b & c) | (d & (b | c))) + 0x8F1BBCDC,
                _ => (b ^ c ^ d) + 0xCA62C1D6,
            };
            uint next = BitOperations.RotateLeft(a, 5) + mixed + e + w[i];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        _a += a;
        _b += b;
        _c += c;
        _d += d;
        _e += e;
    }

    private protected override byte[] WriteState()
    {
        byte[] state = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(state, _a);
        BinaryPrimitives.WriteUInt32BigEndian(state.AsSpan(4), _b);
        BinaryPrimitives.WriteUInt32BigEndian(state.AsSpan(8), _c);
        BinaryPrimitives.WriteUInt32BigEndian(state.AsSpan(12), _d);
        BinaryPrimitives.WriteUInt32BigEndian(state.AsSpan(16), _e);
        return state;
    }
}
