namespace Pipe.Mime;

/// <summary>The boundaries of the multiparts that are open, the innermost last.</summary>
internal sealed class BoundaryStack
{
    // Below this many a look at each is the fastest way; above it a line is looked up by its hash,
    // so that lines times depth cannot become quadratic.
    private const int MaxLinear = 8;

    private readonly List<byte[]> _boundaries = new(0);
    private Dictionary<int, List<int>>? _byHash;

    public int Count => _boundaries.Count;

    public void Push(byte[] boundary)
    {
        _boundaries.Add(boundary);
        if (_byHash is not null)
        {
            Index(_boundaries.Count - 1);
        }
        else if (_boundaries.Count > MaxLinear)
        {
            _byHash = [];
            for (int i = 0; i < _boundaries.Count; i++)
                Index(i);
        }
    }

    public void Pop()
    {
        int last = _boundaries.Count - 1;
        if (_byHash is not null)
        {
            int hash = HashOf(_boundaries[last]);
            var same = _byHash[hash];
            same.RemoveAt(same.Count - 1);
            if (same.Count == 0)
                _ = _byHash.Remove(hash);
        }

        _boundaries.RemoveAt(last);
    }

    public void Clear()
    {
        _boundaries.Clear();
        _byHash = null;
    }

    /// <summary>Finds the boundary of a line, which begins with two hyphens and has no line ending.</summary>
    /// <returns>The place in the stack, or -1.</returns>
    public int Match(ReadOnlySpan<byte> line, out bool isEnd)
    {
        var text = line[2..].TrimEnd(" \t\r"u8);
        isEnd = false;
        int found = Find(text);
        if (found >= 0 || !text.EndsWith("--"u8))
            return found;
        isEnd = true;
        return Find(text[..^2]);
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        if (_byHash is null)
        {
            for (int i = _boundaries.Count - 1; i >= 0; i--)
            {
                if (text.SequenceEqual(_boundaries[i]))
                    return i;
            }

            return -1;
        }

        if (_byHash.TryGetValue(HashOf(text), out var same))
        {
            for (int i = same.Count - 1; i >= 0; i--)
            {
                if (text.SequenceEqual(_boundaries[same[i]]))
                    return same[i];
            }
        }

        return -1;
    }

    private void Index(int place)
    {
        int hash = HashOf(_boundaries[place]);
        if (!_byHash!.TryGetValue(hash, out var same))
            _byHash.Add(hash, same = []);
        same.Add(place);
    }

    // Seeded per process, so that nobody can prepare collisions.
    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
