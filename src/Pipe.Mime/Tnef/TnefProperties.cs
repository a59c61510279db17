using System.Buffers.Binary;
using System.Text;

namespace Pipe.Mime.Tnef;

/// <summary>A list of MAPI properties as it stands in a TNEF stream (MS-OXTNEF section 2.1.3.4).</summary>
internal sealed class TnefProperties
{
    private const int MaxProperties = 4096;
    private const int UnicodeString = 0x1F;
    private const int NarrowString = 0x1E;

    private readonly Dictionary<int, (int Type, byte[] Value)> _values = [];

    /// <summary>Reads a list; a faulty one gives the properties before the fault.</summary>
    public static TnefProperties Read(ref ReadOnlySpan<byte> data)
    {
        var list = new TnefProperties();
        if (data.Length < 4)
        {
            data = default;
            return list;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(data);
        data = data[4..];
        for (uint i = 0; i < count && i < MaxProperties; i++)
        {
            if (!list.TryReadOne(ref data))
            {
                data = default;
                break;
            }
        }

        return list;
    }

    public string? GetString(TnefPropertyId id, Encoding codepage)
    {
        if (!_values.TryGetValue((int)id, out var property))
            return null;
        string text = property.Type switch
        {
            UnicodeString => Encoding.Unicode.GetString(property.Value),
            _ => codepage.GetString(property.Value),
        };
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    public bool IsUnicode(TnefPropertyId id) => _values.TryGetValue((int)id, out var property) && property.Type == UnicodeString;

    public bool IsText(TnefPropertyId id) =>
        _values.TryGetValue((int)id, out var property) && property.Type is UnicodeString or NarrowString;

    public byte[]? GetBytes(TnefPropertyId id) => _values.TryGetValue((int)id, out var property) ? property.Value : null;

    public int? GetInt32(TnefPropertyId id) => GetBytes(id) is { Length: >= 4 } value
        ? BinaryPrimitives.ReadInt32LittleEndian(value)
        : null;

    public DateTimeOffset? GetTime(TnefPropertyId id)
    {
        if (GetBytes(id) is not { Length: >= 8 } value)
            return null;
        long ticks = BinaryPrimitives.ReadInt64LittleEndian(value);
        return ticks > 0 && ticks < DateTimeOffset.MaxValue.ToFileTime()
            ? DateTimeOffset.FromFileTime(ticks).ToUniversalTime()
            : null;
    }

    private static int FixedSize(int type) => type switch
    {
        0x02 or 0x03 or 0x04 or 0x0A or 0x0B => 4,
        0x05 or 0x06 or 0x07 or 0x14 or 0x40 => 8,
        0x48 => 16,
        0x01 => 0,
        _ => -1,
    };

    private bool TryReadOne(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < 4)
            return false;
        int type = BinaryPrimitives.ReadUInt16LittleEndian(data);
        int id = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        data = data[4..];
        if (id >= 0x8000 && !TrySkipName(ref data))
            return false;

        int single = type & 0x0FFF;
        int size = FixedSize(single);
        uint count = 1;
        if ((type & 0x1000) != 0 || size < 0)
        {
            if (data.Length < 4)
                return false;
            count = BinaryPrimitives.ReadUInt32LittleEndian(data);
            data = data[4..];
        }

        for (uint i = 0; i < count; i++)
        {
            int length = size;
            if (size < 0)
            {
                if (data.Length < 4)
                    return false;
                uint declared = BinaryPrimitives.ReadUInt32LittleEndian(data);
                data = data[4..];
                length = (int)Math.Min(declared, (uint)data.Length);
            }

            if (length > data.Length)
                return false;
            if (size == 0)
                break;
            if (i == 0 && id < 0x8000)
                _ = _values.TryAdd(id, (single, data[..length].ToArray()));
            data = data[Math.Min((length + 3) & ~3, data.Length)..];
        }

        return true;
    }

    private static bool TrySkipName(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < 24)
            return false;
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(data[16..]);
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(data[20..]);
        data = data[24..];
        if (kind == 0)
            return true;
        long length = ((long)value + 3) & ~3;
        if (length > data.Length)
            return false;
        data = data[(int)length..];
        return true;
    }
}
