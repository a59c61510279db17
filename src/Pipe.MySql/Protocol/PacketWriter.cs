using System.Buffers.Binary;
using System.Text;

namespace Pipe.MySql.Protocol;

/// <summary>Collects the packets of one or more commands, to be sent in one write.</summary>
internal sealed class PacketWriter
{
    /// <summary>A payload of this many bytes or more is sent as several packets.</summary>
    public const int MaxPacketBytes = 0xFF_FFFF;

    private const int HeaderBytes = 4;
    private const int KeptBytes = 64 * 1024;
    private byte[] _buffer = new byte[1024];
    private int _packetStart;

    /// <summary>Number of bytes collected.</summary>
    public int Length { get; private set; }

    /// <summary>Sequence number that the answer to the last packet begins with.</summary>
    public byte NextSequence { get; private set; }

    /// <summary>Size of the largest payload collected.</summary>
    public int LargestPayload { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public void BeginAnswer(byte sequence)
    {
        _packetStart = Length;
        NextSequence = sequence;
        Reserve(HeaderBytes);
        Length += HeaderBytes;
    }

    public void Begin(CommandCode command)
    {
        BeginAnswer(0);
        WriteByte((byte)command);
    }

    /// <summary>Gives the packet its header; one that is too long becomes several.</summary>
    public void End()
    {
        var payload = Length - _packetStart - HeaderBytes;
        LargestPayload = Math.Max(LargestPayload, payload);
        var extra = payload / MaxPacketBytes;
        Reserve(extra * HeaderBytes);
        // From the end of the payload backwards: each further packet opens a gap for its header.
        for (var packet = extra; packet >= 0; packet--)
        {
            var from = packet * MaxPacketBytes;
            var count = Math.Min(payload - from, MaxPacketBytes);
            var target = _packetStart + (packet * (MaxPacketBytes + HeaderBytes));
            if (packet > 0)
                _buffer.AsSpan(_packetStart + HeaderBytes + from, count).CopyTo(_buffer.AsSpan(target + HeaderBytes));
            BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(target), count | ((NextSequence + packet) << 24));
        }
        NextSequence += (byte)(extra + 1);
        Length += extra * HeaderBytes;
    }

    /// <summary>Goes back to where <see cref="Length"/> and <see cref="LargestPayload"/> were before the last packets.</summary>
    public void CutBack(int length, int largestPayload)
    {
        Length = length;
        LargestPayload = largestPayload;
    }

    public void Clear()
    {
        Length = LargestPayload = 0;
        if (_buffer.Length > KeptBytes)
            _buffer = new byte[1024];
    }

    public void WriteByte(byte value)
    {
        Reserve(1);
        _buffer[Length++] = value;
    }

    public void WriteUInt16(ushort value)
    {
        Reserve(sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(Length), value);
        Length += sizeof(ushort);
    }

    public void WriteUInt32(uint value)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(Length), value);
        Length += sizeof(uint);
    }

    public void WriteUInt64(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(Length), value);
        Length += sizeof(ulong);
    }

    public void WriteLengthEncodedInteger(ulong value)
    {
        switch (value)
        {
            case < 0xFB:
                WriteByte((byte)value);
                break;
            case <= ushort.MaxValue:
                WriteByte(0xFC);
                WriteUInt16((ushort)value);
                break;
            case <= 0xFF_FFFF:
                WriteByte(0xFD);
                WriteUInt16((ushort)value);
                WriteByte((byte)(value >> 16));
                break;
            default:
                WriteByte(0xFE);
                WriteUInt64(value);
                break;
        }
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteLengthEncodedBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLengthEncodedInteger((ulong)bytes.Length);
        WriteBytes(bytes);
    }

    public void WriteZeros(int count)
    {
        Reserve(count);
        _buffer.AsSpan(Length, count).Clear();
        Length += count;
    }

    public void WriteString(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(Length));
    }

    public void WriteLengthEncodedString(ReadOnlySpan<char> text)
    {
        WriteLengthEncodedInteger((ulong)Encoding.UTF8.GetByteCount(text));
        WriteString(text);
    }

    public void WriteNullTerminatedString(ReadOnlySpan<char> text)
    {
        WriteString(text);
        WriteByte(0);
    }

    /// <summary>A byte already written, to be filled in later, such as one of a NULL bitmap.</summary>
    public ref byte At(int offset) => ref _buffer[offset];

    private void Reserve(int count)
    {
        if (_buffer.Length - Length >= count)
            return;

        var needed = (long)Length + count;
        Array.Resize(ref _buffer, (int)Math.Min(Math.Max(needed, 2L * _buffer.Length), Math.Max(needed, Array.MaxLength)));
    }
}
