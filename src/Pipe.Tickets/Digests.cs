using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Pipe.Tickets;

/// <summary>Hashes, by BouncyCastle, which comes with MimeKit.</summary>
/// <remarks>.NET's own load OpenSSL, which takes 3.7 ms of a delivery that takes 7, and fail where it is not installed.</remarks>
public static class Digests
{
    /// <summary>MD5 (RFC 1321), by which osTicket knows files and installations. It protects nothing here.</summary>
    public static byte[] Md5(ReadOnlySpan<byte> bytes) => Hash(new MD5Digest(), bytes);

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    public static byte[] Sha256(ReadOnlySpan<byte> bytes) => Hash(new Sha256Digest(), bytes);

    /// <summary>HMAC (RFC 2104) with SHA-1, by which osTicket signs Message-IDs.</summary>
    public static byte[] HmacSha1(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var mac = new HMac(new Sha1Digest());
        mac.Init(new KeyParameter(key));
        mac.BlockUpdate(data);
        byte[] code = new byte[mac.GetMacSize()];
        mac.DoFinal(code);
        return code;
    }

    /// <summary>The hash of what the digest was fed with.</summary>
    public static byte[] Result(this IDigest digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash);
        return hash;
    }

    private static byte[] Hash(IDigest digest, ReadOnlySpan<byte> bytes)
    {
        digest.BlockUpdate(bytes);
        return digest.Result();
    }
}
