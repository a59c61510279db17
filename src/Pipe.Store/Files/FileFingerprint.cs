using Org.BouncyCastle.Crypto.Digests;

namespace Pipe.Store.Files;

/// <summary>What tells one file's content from another's, in the forms that osTicket keeps.</summary>
/// <param name="Size">The size in bytes.</param>
/// <param name="Signature">The same for the same content: halves of its SHA-1 and MD5.</param>
/// <param name="KeyTail">The part of a file key that comes from the content.</param>
internal sealed record FileFingerprint(long Size, string Signature, string KeyTail)
{
    private const int HalfLength = 16;
    private const int KeyHeadLength = 5;
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static FileFingerprint Of(InboundAttachment file, CancellationToken cancellationToken)
    {
        var sha1 = new Sha1Digest();
        var md5 = new MD5Digest();
        using var hashing = new HashingStream(sha1, md5);
        file.CopyTo(hashing, cancellationToken);
        string first = ToText(sha1.Result());
        string second = ToText(md5.Result());
        return new FileFingerprint(hashing.Length, first[..HalfLength] + second[..HalfLength], first);
    }

    /// <summary>A key for a new row: never used before, and not to be guessed.</summary>
    public string NewKey() => SystemRandom.GetString(KeyAlphabet, KeyHeadLength) + KeyTail;

    /// <summary>Another key for the content that a key stands for.</summary>
    public static string NewKeyOf(string key) =>
        SystemRandom.GetString(KeyAlphabet, KeyHeadLength) + (key.Length > KeyHeadLength ? key[KeyHeadLength..] : key);

    private static string ToText(byte[] hash) =>
        Convert.ToBase64String(hash).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
