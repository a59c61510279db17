using System.Security.Cryptography;

namespace Pipe.Store.Files;

/// <summary>Hashes what is written to it.</summary>
internal sealed class HashingStream(IncrementalHash first, IncrementalHash second) : WriteOnlyStream
{
    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        first.AppendData(bytes);
        second.AppendData(bytes);
    }
}
