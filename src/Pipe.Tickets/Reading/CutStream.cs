namespace Pipe.Tickets.Reading;

/// <summary>A place in a stream: from a byte up to, and without, another.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">What follows it.</param>
/// <param name="IsLineEnd">Whether a line feed stands there instead.</param>
internal readonly record struct ByteRange(long Start, long End, bool IsLineEnd = false);

/// <summary>A stream without some of its ranges, as if they had never been there, or with a line feed in their place.</summary>
internal sealed class CutStream : ReadOnlyStream
{
    private readonly Stream _stream;
    private readonly IReadOnlyList<ByteRange> _cuts;

    // Where each cut would be in this stream.
    private readonly long[] _places;

    /// <summary>Leaves ranges out.</summary>
    /// <param name="stream">Seekable, and before all cuts, where this stream begins too.</param>
    /// <param name="cuts">In order, not touching each other.</param>
    public CutStream(Stream stream, IReadOnlyList<ByteRange> cuts)
    {
        _stream = stream;
        _cuts = cuts;
        _places = new long[cuts.Count];
        long removed = 0;
        for (int i = 0; i < cuts.Count; i++)
        {
            _places[i] = cuts[i].Start - removed;
            removed += cuts[i].End - cuts[i].Start - (cuts[i].IsLineEnd ? 1 : 0);
        }

        Length = stream.Length - removed;
        Position = stream.Position;
    }

    public override long Length { get; }

    protected override int ReadAt(long position, Span<byte> buffer)
    {
        // How many cuts are behind us; one at this very place is.
        int passed = Array.BinarySearch(_places, position);
        passed = passed < 0 ? ~passed : passed + 1;
        long start = passed == 0 ? 0 : _places[passed - 1];
        if (passed > 0 && _cuts[passed - 1].IsLineEnd && position == start++)
        {
            buffer[0] = (byte)'\n';
            return 1;
        }

        _stream.Position = passed == 0 ? position : _cuts[passed - 1].End + position - start;
        return _stream.Read(passed < _places.Length ? buffer[..(int)Math.Min(buffer.Length, _places[passed] - position)] : buffer);
    }
}
