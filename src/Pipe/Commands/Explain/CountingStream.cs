namespace Pipe.Commands.Explain;

/// <summary>Forgets what is written to it, but for the number of bytes.</summary>
internal sealed class CountingStream : WriteOnlyStream
{
    protected override void Take(ReadOnlySpan<byte> bytes)
    {
    }
}
