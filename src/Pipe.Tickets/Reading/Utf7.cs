using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>UTF-7 (RFC 2152), which .NET no longer offers. Decoding only.</summary>
internal sealed class Utf7 : Encoding
{
    public static readonly Utf7 Encoding = new();

    public override string EncodingName => "utf-7";

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException();

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException();

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count), []);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Decode(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    // Counts the characters; writes them where there is room, that is unless only the count is wanted.
    private static int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int count = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)'+')
            {
                Put(chars, count++, (char)bytes[i]);
            }
            else if (i + 1 < bytes.Length && bytes[i + 1] == (byte)'-')
            {
                Put(chars, count++, '+');
                i++;
            }
            else
            {
                i = DecodeShifted(bytes, i + 1, chars, ref count);
            }
        }

        return count;
    }

    // Returns the position of the last byte that belongs to the shifted sequence.
    private static int DecodeShifted(ReadOnlySpan<byte> bytes, int at, Span<char> chars, ref int count)
    {
        int bits = 0;
        uint value = 0;
        for (; at < bytes.Length && Sextet(bytes[at]) is var sextet and >= 0; at++)
        {
            value = (value << 6) | (uint)sextet;
            bits += 6;
            if (bits >= 16)
            {
                bits -= 16;
                Put(chars, count++, (char)(value >> bits));
            }
        }

        return at < bytes.Length && bytes[at] == (byte)'-' ? at : at - 1;
    }

    private static int Sextet(byte b) => (char)b switch
    {
        >= 'A' and <= 'Z' => b - 'A',
        >= 'a' and <= 'z' => b - 'a' + 26,
        >= '0' and <= '9' => b - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };

    private static void Put(Span<char> chars, int at, char c)
    {
        if (at < chars.Length)
            chars[at] = c;
    }
}
