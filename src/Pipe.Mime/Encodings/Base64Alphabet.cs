namespace Pipe.Mime.Encodings;

/// <summary>The alphabet of base64 (RFC 2045 section 6.8).</summary>
internal static class Base64Alphabet
{
    // 64 marks a byte outside of the alphabet.
    private static ReadOnlySpan<byte> Values =>
    [
        64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
        64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 62, 64, 64, 64, 63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, 64, 64, 64,
        64, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 64, 64, 64, 64, 64,
        64, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64,
    ];

    /// <summary>The six bits of a character, or -1.</summary>
    public static int ValueOf(byte b) => b < 128 && Values[b] < 64 ? Values[b] : -1;
}
