namespace Pipe.Tickets.Hashing;

/// <summary>HMAC (RFC 2104) with SHA-1.</summary>
public static class HmacSha1
{
    private const int BlockBytes = 64;

    /// <summary>The code of the data under the key.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> inner = stackalloc byte[BlockBytes];
        inner.Clear();
        if (key.Length > BlockBytes)
            Sha1.HashData(key).CopyTo(inner);
        else
            key.CopyTo(inner);

        Span<byte> outer = stackalloc byte[BlockBytes];
        for (int i = 0; i < BlockBytes; i++)
        {
            outer[i] = (byte)(inner[i] ^ 0x5C);
            inner[i] ^= 0x36;
        }

        var first = new Sha1();
        first.Append(inner);
        first.Append(data);
        var second = new Sha1();
        second.Append(outer);
        second.Append(first.Finish());
        return second.Finish();
    }
}
