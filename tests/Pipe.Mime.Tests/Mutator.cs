using System.Text;

namespace Pipe.Mime.Tests;

/// <summary>Damages messages, the same way for the same seed.</summary>
public sealed class Mutator(int seed)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\n--b\n", "\n--b--\n", "\n\n", "\r\n", "\r", "=?utf-8?Q?", "?=", "=?utf-8?B?", "<", ">", "\"", "(", ")", ";", ":", ",", "@", "\\",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Type: message/rfc822\n\n", "Content-Transfer-Encoding: base64\n",
            "Content-Type: application/ms-tnef\n", "charset=utf-7", "charset=iso-2022-jp", "charset=hz-gb-2312", "filename*0*=utf-8''%", "filename*1=", "*999999999999=",
            "format=flowed; delsp=yes", "To: a:b:c:d:e;;;;\n", "Date: 99 Feb 99999 99:99:99 +9999\n", "begin 644 x\n", "From ", " ", "\t", "\0", "+AP", "99999999999999999999",
        }.Select(Encoding.ASCII.GetBytes),
        [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xF0, 0x9F], [0x78, 0x9F, 0x3E, 0x22],
    ];

    private readonly Random _random = new(seed);

    public byte[] Mutate(IReadOnlyList<byte[]> seeds)
    {
        var bytes = new List<byte>(seeds[_random.Next(seeds.Count)]);
        int changes = 1 + _random.Next(6);
        for (int i = 0; i < changes; i++)
            Change(bytes, seeds);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> seeds)
    {
        int at = bytes.Count == 0 ? 0 : _random.Next(bytes.Count);
        switch (_random.Next(8))
        {
            case 0 when bytes.Count > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(_random.Next(1, 32), bytes.Count - at));
                break;
            case 4:
                var other = seeds[_random.Next(seeds.Count)];
                int from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(_random.Next(1, 200), other.Length - from)).ToArray());
                break;
            case 5:
                int length = Math.Min(_random.Next(1, 64), bytes.Count - at);
                var piece = bytes.GetRange(at, length);
                for (int i = _random.Next(1, 8); i > 0 && bytes.Count < 64 * 1024; i--)
                    bytes.InsertRange(at, piece);
                break;
            default:
                bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]);
                break;
        }
    }
}
