using Pipe.MySql.Protocol;

namespace Pipe.MySql.Session;

/// <summary>Packets over a <see cref="Transport"/>: collects what is to be sent, takes received bytes apart.</summary>
/// <remarks>
/// One payload at a time is readable. It is made contiguous in the receive buffer, which grows with the bytes that have
/// really come and never with a length that was only announced.
/// </remarks>
internal sealed class Channel(Transport transport) : IDisposable
{
    private const int HeaderBytes = 4;
    private const int MinimumFreeBytes = 1024;

    private byte[] _buffer = new byte[8 * 1024];
    private int _end;
    private int _start;
    private int _assembled;
    private int _frameRemaining;
    private bool _inFrame;
    private bool _lastFrame;
    private byte _expectedSequence;

    public Transport Transport { get; } = transport;

    public PacketWriter Writer { get; private set; } = new();

    /// <summary>A payload of more bytes is refused. Small until the server has let us in.</summary>
    public int MaxPayloadBytes { get; set; } = 64 * 1024;

    /// <summary>The part of the payload that has come and was not skipped.</summary>
    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_start, _assembled);

    /// <summary>The same bytes as <see cref="Payload"/>.</summary>
    public ReadOnlyMemory<byte> PayloadMemory => _buffer.AsMemory(_start, _assembled);

    /// <summary>True when nothing of the payload is still to come.</summary>
    public bool IsPayloadComplete { get; private set; } = true;

    /// <summary>True when the payload ends with the packet that is being received, and no further packet belongs to it.</summary>
    public bool IsLastFrame => _lastFrame;

    /// <summary>Sequence number of the packet that answers to the one received last.</summary>
    public byte NextSequence => _expectedSequence;

    /// <summary>Says which sequence number the next packet from the server has.</summary>
    public void Expect(byte sequence) => _expectedSequence = sequence;

    /// <summary>Turns to the next payload and returns true when all of it has come.</summary>
    public bool TryReadPacket()
    {
        BeginPacket();
        return TryAssemble(int.MaxValue);
    }

    /// <summary>Drops what is left of a complete payload, if there is one, and turns to the next one.</summary>
    public void BeginPacket()
    {
        if (IsPayloadComplete)
        {
            _start += _assembled;
            _assembled = 0;
            IsPayloadComplete = false;
            _inFrame = false;
        }
    }

    /// <summary>Returns true when <see cref="Payload"/> has that many bytes, or has all there are.</summary>
    public bool TryAssemble(int count)
    {
        while (_assembled < count && !IsPayloadComplete)
        {
            if (!_inFrame && !TryReadHeader())
                return false;

            var taken = Math.Min(_end - _start - _assembled, _frameRemaining);
            _assembled += taken;
            _frameRemaining -= taken;
            if (_assembled > MaxPayloadBytes)
                throw MySqlException.Malformed($"a packet of more than {MaxPayloadBytes} bytes");
            if (_frameRemaining > 0)
            {
                if (_assembled < count)
                    return false;
                break;
            }
            _inFrame = false;
            IsPayloadComplete = _lastFrame;
        }
        return true;
    }

    /// <summary>Drops the rest of the payload; false when not all of it has come.</summary>
    public bool TrySkipPayload()
    {
        while (true)
        {
            Skip(_assembled);
            if (IsPayloadComplete)
                return true;
            if (!TryAssemble(1))
                return false;
        }
    }

    /// <summary>Drops bytes from the front of <see cref="Payload"/>.</summary>
    public void Skip(int count)
    {
        _start += count;
        _assembled -= count;
    }

    /// <summary>Throws when the server has sent more than the answer that was read: such bytes belong to nothing.</summary>
    public void ThrowIfBytesAreLeft()
    {
        if (_end - _start > _assembled)
            throw MySqlException.Malformed("bytes that nobody asked for");
    }

    public void Receive()
    {
        MakeRoom();
        Received(Transport.Receive(_buffer.AsSpan(_end)));
    }

    public async ValueTask ReceiveAsync()
    {
        MakeRoom();
        Received(await Transport.ReceiveAsync(_buffer.AsMemory(_end)).ConfigureAwait(false));
    }

    public void Send()
    {
        _expectedSequence = Writer.NextSequence;
        Transport.Send(Writer.Written.Span);
        Writer.Clear();
    }

    public async ValueTask SendAsync()
    {
        _expectedSequence = Writer.NextSequence;
        await Transport.SendAsync(Writer.Written).ConfigureAwait(false);
        Writer.Clear();
    }

    /// <summary>Sets aside what was collected, for the sake of a command that has to go first.</summary>
    public PacketWriter ReplaceWriter(PacketWriter writer)
    {
        var before = Writer;
        Writer = writer;
        return before;
    }

    public void Dispose() => Transport.Dispose();

    // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html
    private bool TryReadHeader()
    {
        var at = _start + _assembled;
        if (_end - at < HeaderBytes)
            return false;

        var length = _buffer[at] | (_buffer[at + 1] << 8) | (_buffer[at + 2] << 16);
        var sequence = _buffer[at + 3];
        if (sequence != _expectedSequence)
            throw MySqlException.Malformed("packets out of order");
        _expectedSequence++;

        if (_assembled == 0)
        {
            _start += HeaderBytes;
        }
        else
        {
            // The header of a further packet of the same payload is taken out of the middle.
            Buffer.BlockCopy(_buffer, at + HeaderBytes, _buffer, at, _end - at - HeaderBytes);
            _end -= HeaderBytes;
        }
        _inFrame = true;
        _frameRemaining = length;
        _lastFrame = length < PacketWriter.MaxPacketBytes;
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_buffer.Length - _end >= MinimumFreeBytes)
            return;

        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        if (_buffer.Length - _end < MinimumFreeBytes)
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
    }

    private void Received(int count)
    {
        if (count == 0)
            throw MySqlException.ConnectionLost(new EndOfStreamException("The server closed the connection."));
        _end += count;
    }
}
