using Pipe.Tickets.Hashing;

namespace Pipe.Store.Files;

/// <summary>Hashes what is written to it.</summary>
internal sealed class HashingStream(BlockHash first, BlockHash second) : WriteOnlyStream
{
    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        first.Append(bytes);
        second.Append(bytes);
    }
}
