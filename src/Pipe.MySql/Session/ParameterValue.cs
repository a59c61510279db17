using System.Globalization;
using System.Text;
using Pipe.MySql.Protocol;

namespace Pipe.MySql.Session;

/// <summary>How the value of one parameter travels with COM_STMT_EXECUTE.</summary>
/// <remarks>https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html</remarks>
internal static class ParameterValue
{
    /// <summary>Values of this many bytes or more go ahead in COM_STMT_SEND_LONG_DATA, without a copy of the whole.</summary>
    public const int LongDataBytes = 512 * 1024;

    private const ushort Unsigned = 0x8000;

    /// <summary>True when the value is not part of COM_STMT_EXECUTE.</summary>
    public static bool IsLongData(object? value) => value switch
    {
        Stream => true,
        byte[] bytes => bytes.Length >= LongDataBytes,
        ReadOnlyMemory<byte> bytes => bytes.Length >= LongDataBytes,
        Memory<byte> bytes => bytes.Length >= LongDataBytes,
        ArraySegment<byte> bytes => bytes.Count >= LongDataBytes,
        string text => text.Length >= LongDataBytes / 2,
        _ => false,
    };

    public static ushort WireType(object? value, ConnectionOptions options) => value switch
    {
        null or DBNull => (ushort)ColumnType.Null,
        bool => (ushort)ColumnType.Tiny,
        Enum number => WireType(ToInteger(number), options),
        byte => (ushort)ColumnType.Tiny | Unsigned,
        sbyte => (ushort)ColumnType.Tiny,
        short => (ushort)ColumnType.Short,
        ushort => (ushort)ColumnType.Short | Unsigned,
        int => (ushort)ColumnType.Long,
        uint => (ushort)ColumnType.Long | Unsigned,
        long => (ushort)ColumnType.LongLong,
        ulong => (ushort)ColumnType.LongLong | Unsigned,
        float => (ushort)ColumnType.Float,
        double => (ushort)ColumnType.Double,
        decimal => (ushort)ColumnType.NewDecimal,
        DateTime date => WireType(new MySqlDateTime(Checked(date, options)), options),
        DateTimeOffset or MySqlDateTime => (ushort)ColumnType.DateTime,
        DateOnly => (ushort)ColumnType.Date,
        TimeSpan or TimeOnly => (ushort)ColumnType.Time,
        string or char or ReadOnlyMemory<char> or Memory<char> or StringBuilder => (ushort)ColumnType.VarString,
        Guid => (ushort)(options.GuidFormat == MySqlGuidFormat.Binary16 ? ColumnType.Blob : ColumnType.VarString),
        byte[] or ReadOnlyMemory<byte> or Memory<byte> or ArraySegment<byte> or Stream => (ushort)ColumnType.Blob,
        _ => throw new NotSupportedException($"A parameter cannot be of the type {value.GetType()}."),
    };

    public static void Write(PacketWriter writer, object value, ConnectionOptions options)
    {
        switch (value)
        {
            case bool flag: writer.WriteByte(flag ? (byte)1 : (byte)0); break;
            case Enum number: Write(writer, ToInteger(number), options); break;
            case byte number: writer.WriteByte(number); break;
            case sbyte number: writer.WriteByte((byte)number); break;
            case short number: writer.WriteUInt16((ushort)number); break;
            case ushort number: writer.WriteUInt16(number); break;
            case int number: writer.WriteUInt32((uint)number); break;
            case uint number: writer.WriteUInt32(number); break;
            case long number: writer.WriteUInt64((ulong)number); break;
            case ulong number: writer.WriteUInt64(number); break;
            case float number: writer.WriteUInt32(BitConverter.SingleToUInt32Bits(number)); break;
            case double number: writer.WriteUInt64(BitConverter.DoubleToUInt64Bits(number)); break;
            case decimal number: writer.WriteLengthEncodedString(number.ToString(CultureInfo.InvariantCulture)); break;
            case DateTime date: WriteDateTime(writer, new MySqlDateTime(date)); break;
            case DateTimeOffset date: WriteDateTime(writer, new MySqlDateTime(date.UtcDateTime)); break;
            case MySqlDateTime date: WriteDateTime(writer, date); break;
            case DateOnly date: WriteDateTime(writer, new MySqlDateTime(date.ToDateTime(TimeOnly.MinValue))); break;
            case TimeSpan time: WriteTime(writer, time); break;
            case TimeOnly time: WriteTime(writer, time.ToTimeSpan()); break;
            case string text: writer.WriteLengthEncodedString(text); break;
            case char text: writer.WriteLengthEncodedString([text]); break;
            case ReadOnlyMemory<char> text: writer.WriteLengthEncodedString(text.Span); break;
            case Memory<char> text: writer.WriteLengthEncodedString(text.Span); break;
            case StringBuilder text: writer.WriteLengthEncodedString(text.ToString()); break;
            case Guid guid: WriteGuid(writer, guid, options.GuidFormat); break;
            case byte[] bytes: writer.WriteLengthEncodedBytes(bytes); break;
            case ReadOnlyMemory<byte> bytes: writer.WriteLengthEncodedBytes(bytes.Span); break;
            case Memory<byte> bytes: writer.WriteLengthEncodedBytes(bytes.Span); break;
            case ArraySegment<byte> bytes: writer.WriteLengthEncodedBytes(bytes); break;
        }
    }

    // Without reflection over the enumeration's type.
    private static object ToInteger(Enum value) =>
        value.GetTypeCode() == TypeCode.UInt64
            ? ((IConvertible)value).ToUInt64(CultureInfo.InvariantCulture)
            : ((IConvertible)value).ToInt64(CultureInfo.InvariantCulture);

    private static DateTime Checked(DateTime value, ConnectionOptions options) =>
        options.DateTimeKind == DateTimeKind.Unspecified || value.Kind == DateTimeKind.Unspecified || value.Kind == options.DateTimeKind
            ? value
            : throw new MySqlConversionException($"A DateTime of the kind {value.Kind} does not fit DateTimeKind={options.DateTimeKind}.");

    private static void WriteDateTime(PacketWriter writer, MySqlDateTime value)
    {
        var hasTime = (value.Hour | value.Minute | value.Second | value.Microsecond) != 0;
        writer.WriteByte(value.Microsecond != 0 ? (byte)11 : hasTime ? (byte)7 : (byte)4);
        writer.WriteUInt16((ushort)value.Year);
        writer.WriteByte((byte)value.Month);
        writer.WriteByte((byte)value.Day);
        if (!hasTime)
            return;
        writer.WriteByte((byte)value.Hour);
        writer.WriteByte((byte)value.Minute);
        writer.WriteByte((byte)value.Second);
        if (value.Microsecond != 0)
            writer.WriteUInt32((uint)value.Microsecond);
    }

    private static void WriteTime(PacketWriter writer, TimeSpan value)
    {
        var time = value.Duration();
        var microseconds = (uint)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        writer.WriteByte(microseconds != 0 ? (byte)12 : (byte)8);
        writer.WriteByte(value < TimeSpan.Zero ? (byte)1 : (byte)0);
        writer.WriteUInt32((uint)time.Days);
        writer.WriteByte((byte)time.Hours);
        writer.WriteByte((byte)time.Minutes);
        writer.WriteByte((byte)time.Seconds);
        if (microseconds != 0)
            writer.WriteUInt32(microseconds);
    }

    private static void WriteGuid(PacketWriter writer, Guid guid, MySqlGuidFormat format)
    {
        if (format == MySqlGuidFormat.Binary16)
            writer.WriteLengthEncodedBytes(guid.ToByteArray(bigEndian: true));
        else
            writer.WriteLengthEncodedString(guid.ToString(format == MySqlGuidFormat.Char32 ? "N" : "D"));
    }
}
