using System.Buffers.Binary;

namespace Pipe.Mime.Tnef;

/// <summary>Reads the attributes of a TNEF stream (MS-OXTNEF section 2.1.3).</summary>
internal ref struct TnefAttributeReader(ReadOnlySpan<byte> stream)
{
    private const uint Signature = 0x223E9F78;
    private const int HeaderBytes = 9;
    private const int ChecksumBytes = 2;

    private ReadOnlySpan<byte> _rest = stream;

    public bool ReadSignature()
    {
        if (_rest.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(_rest) != Signature)
            return false;
        _rest = _rest[6..];
        return true;
    }

    // The checksum is not looked at: programs that get it wrong are many, and what it guards is text for people.
    public bool TryRead(out TnefAttribute attribute)
    {
        attribute = default;
        if (_rest.Length < HeaderBytes || _rest[0] is not (1 or 2))
            return false;
        bool isOfAttachment = _rest[0] == 2;
        int id = BinaryPrimitives.ReadUInt16LittleEndian(_rest[1..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_rest[5..]);
        var data = _rest[HeaderBytes..];
        // A stream that was cut off keeps what is there.
        if (length > data.Length)
            length = (uint)data.Length;
        attribute = new TnefAttribute((TnefAttributeId)id, isOfAttachment, data[..(int)length]);
        _rest = data[(int)Math.Min((long)length + ChecksumBytes, data.Length)..];
        return true;
    }
}
