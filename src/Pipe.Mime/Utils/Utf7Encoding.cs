using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Reads UTF-7 (RFC 2152), which .NET no longer does. It is never written.</summary>
internal sealed class Utf7Encoding : Encoding
{
    public static readonly Utf7Encoding Instance = new();

    private Utf7Encoding()
        : base(65000)
    {
    }

    public override string EncodingName => "Unicode (UTF-7)";

    public override string WebName => "utf-7";

    public override string HeaderName => "utf-7";

    public override string BodyName => "utf-7";

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException();

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count), []);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Decode(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException();

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private static int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int count = 0;
        bool shifted = false;
        bool empty = false;
        uint bits = 0;
        int bitCount = 0;
        foreach (byte b in bytes)
        {
            if (!shifted)
            {
                shifted = b == '+';
                empty = shifted;
                bits = 0;
                bitCount = 0;
                if (!shifted)
                    Put(chars, ref count, (char)b);
                continue;
            }

            int value = Value(b);
            if (value >= 0)
            {
                empty = false;
                bits = (bits << 6) | (uint)value;
                bitCount += 6;
                if (bitCount >= 16)
                {
                    bitCount -= 16;
                    Put(chars, ref count, (char)(bits >> bitCount));
                }

                continue;
            }

            shifted = false;
            if (b == '-')
            {
                if (empty)
                    Put(chars, ref count, '+');
            }
            else
            {
                if (empty)
                    Put(chars, ref count, '+');
                Put(chars, ref count, (char)b);
            }
        }

        return count;
    }

    // An empty destination only counts.
    private static void Put(Span<char> chars, ref int count, char c)
    {
        if (count < chars.Length)
            chars[count] = c;
        count++;
    }

    private static int Value(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
