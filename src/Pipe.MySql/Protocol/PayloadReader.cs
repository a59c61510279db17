using System.Buffers.Binary;
using System.Text;

namespace Pipe.MySql.Protocol;

/// <summary>Reads the fields of one packet's payload.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private int _offset;

    public readonly int Remaining => _payload.Length - _offset;

    public readonly int Offset => _offset;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadUInt24()
    {
        var bytes = Take(3);
        return bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
    }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    public void Skip(int count) => Take(count);

    // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_integers.html
    public ulong ReadLengthEncodedInteger() => ReadByte() switch
    {
        < 0xFB and var value => value,
        0xFC => ReadUInt16(),
        0xFD => (ulong)ReadUInt24(),
        0xFE => ReadUInt64(),
        _ => throw MySqlException.Malformed("a length that is none"),
    };

    public ReadOnlySpan<byte> ReadLengthEncodedBytes()
    {
        var length = ReadLengthEncodedInteger();
        return length <= (ulong)Remaining ? Take((int)length) : throw MySqlException.Truncated(length, Remaining);
    }

    public string ReadLengthEncodedString() => Encoding.UTF8.GetString(ReadLengthEncodedBytes());

    /// <summary>Reads up to the next NUL, which is consumed, or to the end: old servers leave the last NUL out.</summary>
    public ReadOnlySpan<byte> ReadNullTerminated()
    {
        var rest = _payload[_offset..];
        var end = rest.IndexOf((byte)0);
        _offset += end < 0 ? rest.Length : end + 1;
        return end < 0 ? rest : rest[..end];
    }

    public ReadOnlySpan<byte> ReadRest() => Take(Remaining);

    // Every read comes through here: a short packet is a MySqlException, never an IndexOutOfRangeException.
    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
            throw MySqlException.Truncated((ulong)count, Remaining);

        var bytes = _payload.Slice(_offset, count);
        _offset += count;
        return bytes;
    }
}
