using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>One value of a row, that is not NULL, as the text protocol or the binary protocol sent it.</summary>
internal readonly ref struct ColumnValue(ColumnDefinitionPacket column, ReadOnlySpan<byte> bytes, bool isBinary)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public string AsString() => Encoding.UTF8.GetString(_bytes);

    /// <summary>The value of a column of integers, negative numbers as their two's complement.</summary>
    public ulong AsInteger()
    {
        if (column.Type == ColumnType.Bit)
            return AsBits();
        if (!isBinary)
            return column.IsUnsigned ? ParseUInt64() : (ulong)ParseInt64();

        return _bytes.Length switch
        {
            1 => column.IsUnsigned ? _bytes[0] : (ulong)(sbyte)_bytes[0],
            2 when column.IsUnsigned || column.Type == ColumnType.Year => BinaryPrimitives.ReadUInt16LittleEndian(_bytes),
            2 => (ulong)BinaryPrimitives.ReadInt16LittleEndian(_bytes),
            4 when column.IsUnsigned => BinaryPrimitives.ReadUInt32LittleEndian(_bytes),
            4 => (ulong)BinaryPrimitives.ReadInt32LittleEndian(_bytes),
            8 => BinaryPrimitives.ReadUInt64LittleEndian(_bytes),
            _ => throw Invalid(),
        };
    }

    public float AsSingle() => isBinary
        ? _bytes.Length == 4 ? BinaryPrimitives.ReadSingleLittleEndian(_bytes) : throw Invalid()
        : Utf8Parser.TryParse(_bytes, out float value, out var used) && used == _bytes.Length ? value : throw Invalid();

    public double AsDouble() => isBinary
        ? _bytes.Length == 8 ? BinaryPrimitives.ReadDoubleLittleEndian(_bytes) : throw Invalid()
        : Utf8Parser.TryParse(_bytes, out double value, out var used) && used == _bytes.Length ? value : throw Invalid();

    /// <exception cref="OverflowException">The server's decimals have up to 65 digits, ours 28.</exception>
    public decimal AsDecimal()
    {
        Span<char> text = stackalloc char[96];
        if (_bytes.Length > text.Length)
            throw Invalid();
        text = text[..Encoding.ASCII.GetChars(_bytes, text)];
        return decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    public MySqlDateTime AsDateTime()
    {
        if (!isBinary)
            return ParseDateTime();

        // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html#sect_protocol_binary_resultset_row_value_date
        if (_bytes.Length is not (0 or 4 or 7 or 11))
            throw Invalid();
        if (_bytes.Length == 0)
            return default;
        var date = new MySqlDateTime(BinaryPrimitives.ReadUInt16LittleEndian(_bytes), _bytes[2], _bytes[3], 0, 0, 0, 0);
        if (_bytes.Length >= 7)
            date = date with { Hour = _bytes[4], Minute = _bytes[5], Second = _bytes[6] };
        return _bytes.Length == 11 ? date with { Microsecond = BinaryPrimitives.ReadInt32LittleEndian(_bytes[7..]) } : date;
    }

    public TimeSpan AsTimeSpan()
    {
        if (!isBinary)
            return ParseTime();

        if (_bytes.Length is not (0 or 8 or 12))
            throw Invalid();
        if (_bytes.Length == 0)
            return TimeSpan.Zero;
        var days = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[1..]);
        var microseconds = _bytes.Length == 12 ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]) : 0;
        if (days > 35) // the server's limit is 838 hours
            throw Invalid();
        var value = new TimeSpan((int)days, _bytes[5], _bytes[6], _bytes[7]) + TimeSpan.FromMicroseconds(microseconds);
        return _bytes[0] == 0 ? value : -value;
    }

    // https://dev.mysql.com/doc/refman/8.4/en/bit-type.html: most significant byte first
    private ulong AsBits()
    {
        if (_bytes.Length > sizeof(ulong))
            throw Invalid();
        var value = 0UL;
        foreach (var b in _bytes)
            value = (value << 8) | b;
        return value;
    }

    private long ParseInt64() =>
        Utf8Parser.TryParse(_bytes, out long value, out var used) && used == _bytes.Length ? value : throw Invalid();

    private ulong ParseUInt64() =>
        Utf8Parser.TryParse(_bytes, out ulong value, out var used) && used == _bytes.Length ? value : throw Invalid();

    // YYYY-MM-DD[ hh:mm:ss[.ffffff]]
    private MySqlDateTime ParseDateTime()
    {
        if (_bytes.Length < 10 || _bytes[4] != '-' || _bytes[7] != '-')
            throw Invalid();
        var date = new MySqlDateTime(Digits(_bytes[..4]), Digits(_bytes[5..7]), Digits(_bytes[8..10]), 0, 0, 0, 0);
        if (_bytes.Length == 10)
            return date;
        if (_bytes.Length < 19 || _bytes[13] != ':' || _bytes[16] != ':')
            throw Invalid();
        return date with
        {
            Hour = Digits(_bytes[11..13]),
            Minute = Digits(_bytes[14..16]),
            Second = Digits(_bytes[17..19]),
            Microsecond = Microseconds(_bytes[19..]),
        };
    }

    // [-]h[hh]:mm:ss[.ffffff]
    private TimeSpan ParseTime()
    {
        var text = _bytes;
        var isNegative = text is [(byte)'-', ..];
        if (isNegative)
            text = text[1..];
        var colon = text.IndexOf((byte)':');
        if (colon is < 1 or > 3 || text.Length < colon + 6 || text[colon + 3] != ':')
            throw Invalid();
        var value = new TimeSpan(Digits(text[..colon]), Digits(text[(colon + 1)..(colon + 3)]), Digits(text[(colon + 4)..(colon + 6)]))
            + TimeSpan.FromMicroseconds(Microseconds(text[(colon + 6)..]));
        return isNegative ? -value : value;
    }

    private int Microseconds(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return 0;
        if (text[0] != '.' || text.Length > 7)
            throw Invalid();
        var value = Digits(text[1..]);
        for (var i = text.Length; i < 7; i++)
            value *= 10;
        return value;
    }

    private int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
                throw Invalid();
            value = (value * 10) + b - '0';
        }
        return value;
    }

    private MySqlException Invalid() => MySqlException.InvalidValue(column.Name, column.Type.ToString());
}
