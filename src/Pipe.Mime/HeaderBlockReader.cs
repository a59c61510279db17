using System.Buffers;
using Pipe.Mime.IO;

namespace Pipe.Mime;

/// <summary>Reads header blocks (RFC 5322 section 2.2).</summary>
internal sealed class HeaderBlockReader(ParserOptions options, ByteWindow window, BoundaryStack boundaries)
{
    private HeaderSlot[] _slots = [];
    private int _count;
    private int _blockStart;
    private long _fieldAhead = -1;

    /// <summary>How the last block ended.</summary>
    public HeaderBlockEnd End { get; private set; }

    /// <summary>The place of the boundary that ended the last block.</summary>
    public int Boundary { get; private set; }

    /// <summary>Whether that boundary is a closing one.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Reads one group of fields from bytes in memory.</summary>
    public static HeaderList Read(ParserOptions options, byte[] bytes, ref int at)
    {
        var window = new ByteWindow(bytes, at, bytes.Length - at);
        var reader = new HeaderBlockReader(options, window, new BoundaryStack());
        var headers = reader.Read(HeaderSelection.All, out _);
        reader.Release();
        at = Math.Max(at + 1, window.Position);
        return headers;
    }

    /// <summary>Reads a block up to and with its blank line.</summary>
    /// <param name="selection">Which fields are returned.</param>
    /// <param name="content">The other ones, where the selection parts the fields of a message from those of its body.</param>
    public HeaderList Read(HeaderSelection selection, out HeaderList? content)
    {
        long start = window.Offset;
        Scan(start);
        _blockStart = (int)(start - window.Base);

        byte[] source;
        int shift;
        if (window.IsMemory)
        {
            source = window.Buffer;
            shift = (int)start;
        }
        else
        {
            int length = _count == 0 ? 0 : _slots[_count - 1].End;
            source = window.Buffer.AsSpan((int)(start - window.Base), length).ToArray();
            shift = 0;
        }

        content = selection == HeaderSelection.Split
            ? new HeaderList(options, source, start - shift, Take(true, shift))
            : null;
        return new HeaderList(
            options, source, start - shift, selection == HeaderSelection.All ? TakeAll(shift) : Take(false, shift));
    }

    private static bool IsContentField(HeaderId id) => id is >= HeaderId.ContentAlternative and <= HeaderId.ContentType;

    // The offsets in the slots count from the start of the block: the window may move while the block is read.
    private void Scan(long start)
    {
        _count = 0;
        End = HeaderBlockEnd.EndOfStream;
        while (true)
        {
            if (!TryReadLine(start, out int lineEnd, out int next))
                return;
            var line = window.Buffer.AsSpan(window.Position, lineEnd - window.Position);
            int at = (int)(window.Offset - start);
            if (line.IsEmpty || (line.Length == 1 && line[0] == '\r'))
            {
                window.Position = next;
                End = HeaderBlockEnd.BlankLine;
                return;
            }

            if (line[0] == '-' && IsBoundary(line))
            {
                window.Position = next;
                End = HeaderBlockEnd.Boundary;
                return;
            }

            int end = at + next - window.Position;
            if (_count > 0 && (line[0] is (byte)' ' or (byte)'\t' || _count >= ParserOptions.MaxHeaders))
            {
                _slots[_count - 1].End = end;
            }
            else if (!TryAdd(line, at, end) && !IsMailboxSeparator(line))
            {
                if (!HasFieldsBehind(start, next))
                {
                    // No header field: the body began without a blank line.
                    End = HeaderBlockEnd.NotAField;
                    return;
                }

                // A line that got in between the fields
                Add(new HeaderSlot { Start = at, NameLength = end - at, ValueStart = end, End = end, Id = HeaderId.Unknown });
            }

            if (end > ParserOptions.MaxHeaderBlockBytes)
            {
                window.Position = next;
                End = HeaderBlockEnd.BlankLine;
                return;
            }

            window.Position = next;
        }
    }

    private bool TryReadLine(long start, out int lineEnd, out int next)
    {
        int searched = 0;
        while (true)
        {
            int from = window.Position + searched;
            int found = window.Buffer.AsSpan(from, window.End - from).IndexOf((byte)'\n');
            if (found >= 0)
            {
                lineEnd = from + found;
                next = lineEnd + 1;
                return true;
            }

            searched = window.End - window.Position;
            if (searched > ParserOptions.MaxHeaderBlockBytes || !window.Fill((int)(start - window.Base)))
            {
                lineEnd = window.End;
                next = window.End;
                return searched > 0;
            }
        }
    }

    private bool IsBoundary(ReadOnlySpan<byte> line)
    {
        if (boundaries.Count == 0 || line.Length < 3 || line[1] != '-')
            return false;
        Boundary = boundaries.Match(line, out bool isClosing);
        IsClosing = isClosing;
        return Boundary >= 0;
    }

    private bool TryAdd(ReadOnlySpan<byte> line, int at, int end)
    {
        int colon = 0;
        while (colon < line.Length && line[colon] is > (byte)' ' and not ((byte)':' or 127))
            colon++;
        int nameLength = colon;
        while (colon < line.Length && line[colon] is (byte)' ' or (byte)'\t')
            colon++;
        if (nameLength == 0 || colon >= line.Length || line[colon] != ':')
            return false;

        Add(new HeaderSlot
        {
            Start = at,
            NameLength = nameLength,
            ValueStart = at + colon + 1,
            End = end,
            Id = HeaderNames.Find(line[..nameLength]),
        });
        return true;
    }

    /// <summary>Gives the working memory back; the reader takes it again when it is used on.</summary>
    public void Release()
    {
        if (_slots.Length > 0)
            ArrayPool<HeaderSlot>.Shared.Return(_slots);
        _slots = [];
        _count = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<HeaderSlot>.Shared.Rent(Math.Max(64, _count * 2));
        _slots.AsSpan(0, _count).CopyTo(larger);
        if (_slots.Length > 0)
            ArrayPool<HeaderSlot>.Shared.Return(_slots);
        _slots = larger;
    }

    private void Add(HeaderSlot slot)
    {
        if (_count == _slots.Length)
            Grow();
        _slots[_count++] = slot;
    }

    // Whether header fields go on behind a line that is none. No line is looked at twice.
    private bool HasFieldsBehind(long start, int next)
    {
        long offset = window.Base + next;
        if (offset <= _fieldAhead)
            return true;
        while (true)
        {
            int at = (int)(offset - window.Base);
            if (!TryFindLineEnd(start, at, out int end))
                return false;
            at = (int)(offset - window.Base);
            var line = window.Buffer.AsSpan(at, end - at);
            if (line.IsEmpty || (line.Length == 1 && line[0] == '\r') || offset - start > ParserOptions.MaxHeaderBlockBytes)
                return false;
            if (IsLikelyField(line))
            {
                _fieldAhead = offset;
                return true;
            }

            offset += end - at + 1;
        }
    }

    private bool TryFindLineEnd(long start, int at, out int end)
    {
        long offset = window.Base + at;
        while (true)
        {
            at = (int)(offset - window.Base);
            end = at >= window.End ? -1 : window.Buffer.AsSpan(at, window.End - at).IndexOf((byte)'\n');
            if (end >= 0)
            {
                end += at;
                return true;
            }

            if (!window.Fill((int)(start - window.Base)))
            {
                end = window.End;
                return at < window.End;
            }
        }
    }

    // Text has lines such as "http://..." or "Note: ..."; only known and compound names are taken for fields.
    private static bool IsLikelyField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
            return false;
        var name = line[..colon].TrimEnd(" \t"u8);
        if (name.IsEmpty)
            return false;
        foreach (byte b in name)
        {
            if (b is <= (byte)' ' or >= 127)
                return false;
        }

        return HeaderNames.Find(name) != HeaderId.Unknown || name[1..].IndexOf((byte)'-') >= 0;
    }

    // The separator line of a mailbox file, also the quoted one, may have stayed with the message.
    private bool IsMailboxSeparator(ReadOnlySpan<byte> line) =>
        _count == 0 && boundaries.Count == 0 && (line.StartsWith("From "u8) || line.StartsWith(">From "u8));

    private HeaderSlot[] TakeAll(int shift)
    {
        var result = _count == 0 ? [] : _slots.AsSpan(0, _count).ToArray();
        for (int i = 0; shift != 0 && i < result.Length; i++)
            Shift(ref result[i], shift);
        return result;
    }

    private HeaderSlot[] Take(bool contentFields, int shift)
    {
        int count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (IsContent(i) == contentFields)
                count++;
        }

        var result = count == 0 ? [] : new HeaderSlot[count];
        count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (IsContent(i) == contentFields)
            {
                result[count] = _slots[i];
                Shift(ref result[count++], shift);
            }
        }

        return result;
    }

    private bool IsContent(int index)
    {
        ref var slot = ref _slots[index];
        if (slot.Id != HeaderId.Unknown)
            return IsContentField(slot.Id);
        if (slot.NameLength < 8)
            return false;
        return IsContentName(index);
    }

    private bool IsContentName(int index)
    {
        var name = window.Buffer.AsSpan(_blockStart + _slots[index].Start, 8);
        return System.Text.Ascii.EqualsIgnoreCase(name, "content-"u8);
    }

    private static void Shift(ref HeaderSlot slot, int shift)
    {
        slot.Start += shift;
        slot.ValueStart += shift;
        slot.End += shift;
    }
}
