using System.Buffers.Binary;
using System.Numerics;

namespace Pipe.Tickets.Hashing;

/// <summary>MD5 (RFC 1321), by which osTicket knows files and installations. It protects nothing here.</summary>
public sealed class Md5 : BlockHash
{
    private uint _a = 0x67452301;
    private uint _b = 0xEFCDAB89;
    private uint _c = 0x98BADCFE;
    private uint _d = 0x10325476;

    /// <summary>Begins a hash.</summary>
    public Md5()
        : base(isBigEndian: false)
    {
    }

    // RFC 1321 section 3.4: the integer part of 4294967296 times abs(sin(i)).
    private static ReadOnlySpan<uint> Sines =>
    [
        0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
        0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
        0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
        0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
        0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
        0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
        0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
        0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
    ];

    // Four turns in each of the four rounds.
    private static ReadOnlySpan<byte> Turns => [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    /// <summary>The hash of all the bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> bytes)
    {
        var hash = new Md5();
        hash.Append(bytes);
        return hash.Finish();
    }

    private protected override void Transform(ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (int i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * 4)..]);

        var (a, b, c, d) = (_a, _b, _c, _d);
        for (int i = 0; i < 64; i++)
        {
            int round = i >> 4;
            var (mixed, word) = round switch
            {
                0 => (d ^ (b & (c ^ d)), i),
                1 => (c ^ (d & (b ^ c)), (5 * i) + 1),
                2 => (b ^ c ^ d, (3 * i) + 5),
                _ => (c ^ (b | ~d), 7 * i),
            };
            uint turned = BitOperations.RotateLeft(a + mixed + Sines[i] + words[word & 15], Turns[(round * 4) + (i & 3)]);
            (a, d, c, b) = (d, c, b, b + turned);
        }

        _a += a;
        _b += b;
        _c += c;
        _d += d;
    }

    private protected override byte[] WriteState()
    {
        byte[] state = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(state, _a);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(4), _b);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(8), _c);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(12), _d);
        return state;
    }
}
