using Org.BouncyCastle.Crypto;

namespace Pipe.Store.Files;

/// <summary>Hashes what is written to it.</summary>
internal sealed class HashingStream(IDigest first, IDigest second) : WriteOnlyStream
{
    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        first.BlockUpdate(bytes);
        second.BlockUpdate(bytes);
    }
}
