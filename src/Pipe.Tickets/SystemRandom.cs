namespace Pipe.Tickets;

/// <summary>Random values from the system's secure generator.</summary>
/// <remarks>
/// The class library's generator goes through OpenSSL, which costs a short-lived process 2 ms and 4 MiB on first use, and may be
/// missing. A new GUID (RFC 9562 version 4) comes from the kernel directly and is as random, but for six bits.
/// </remarks>
public static class SystemRandom
{
    private const int GuidBytes = 16;
    private const int VersionByte = 7;
    private const int VariantByte = 8;

    /// <summary>Fills a span with random bytes.</summary>
    public static void Fill(Span<byte> bytes)
    {
        Span<byte> guid = stackalloc byte[GuidBytes];
        while (!bytes.IsEmpty)
        {
            _ = Guid.NewGuid().TryWriteBytes(guid);

            // The bytes that hold version and variant are not all random.
            guid[VersionByte] = guid[GuidBytes - 1];
            guid[VariantByte] = guid[GuidBytes - 2];
            int count = Math.Min(bytes.Length, GuidBytes - 2);
            guid[..count].CopyTo(bytes);
            bytes = bytes[count..];
        }
    }

    /// <summary>A random text over an alphabet of at most 256 characters, each equally likely.</summary>
    public static string GetString(string alphabet, int length) => string.Create(length, alphabet, static (text, alphabet) =>
    {
        int usable = 256 - (256 % alphabet.Length);
        Span<byte> random = stackalloc byte[GuidBytes];
        for (int i = 0; i < text.Length;)
        {
            Fill(random);
            foreach (byte value in random)
            {
                if (value < usable && i < text.Length)
                    text[i++] = alphabet[value % alphabet.Length];
            }
        }
    });
}
