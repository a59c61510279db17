namespace Pipe.Tickets.Reading;

/// <summary>Keeps the first bytes that are written to it and forgets the rest.</summary>
internal sealed class StartStream(int maxBytes) : WriteOnlyStream
{
    private byte[] _buffer = new byte[Math.Min(maxBytes, 4096)];
    private int _count;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _count);

    /// <summary>Whether something was forgotten.</summary>
    public bool IsCut { get; private set; }

    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        int kept = Math.Min(bytes.Length, maxBytes - _count);
        IsCut |= kept < bytes.Length;
        if (_count + kept > _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(maxBytes, Math.Max(_buffer.Length * 2L, _count + kept)));
        bytes[..kept].CopyTo(_buffer.AsSpan(_count));
        _count += kept;
    }
}
