using Microsoft.Win32.SafeHandles;

namespace Pipe.Tickets;

/// <summary>A read-only view of a part of an open file, with a position of its own.</summary>
internal sealed class FileSliceStream(SafeFileHandle file, long start, long length) : ReadOnlyStream
{
    public override long Length => length;

    protected override int ReadAt(long position, Span<byte> buffer) => RandomAccess.Read(file, buffer, start + position);
}
