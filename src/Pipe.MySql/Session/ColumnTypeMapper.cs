using System.Diagnostics.CodeAnalysis;
using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>Which .NET type a column has, and its values as objects.</summary>
internal sealed class ColumnTypeMapper(ConnectionOptions options)
{
    private const int GuidChars = 36;
    private const int Utf8Mb4BytesPerChar = 4;
    private const int Utf8Mb3BytesPerChar = 3;

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public Type TypeOf(ColumnDefinitionPacket column)
    {
        if (IsBoolean(column))
            return typeof(bool);
        if (IsGuid(column))
            return typeof(Guid);
        return column.Type switch
        {
            ColumnType.Tiny => column.IsUnsigned ? typeof(byte) : typeof(sbyte),
            ColumnType.Short => column.IsUnsigned ? typeof(ushort) : typeof(short),
            ColumnType.Long or ColumnType.Int24 => column.IsUnsigned ? typeof(uint) : typeof(int),
            ColumnType.LongLong => column.IsUnsigned ? typeof(ulong) : typeof(long),
            ColumnType.Year => typeof(int),
            ColumnType.Bit => typeof(ulong),
            ColumnType.Float => typeof(float),
            ColumnType.Double => typeof(double),
            ColumnType.Decimal or ColumnType.NewDecimal => typeof(decimal),
            ColumnType.Date or ColumnType.NewDate or ColumnType.DateTime or ColumnType.Timestamp =>
                options.AllowZeroDateTime ? typeof(MySqlDateTime) : typeof(DateTime),
            ColumnType.Time => typeof(TimeSpan),
            ColumnType.Null => typeof(object),
            ColumnType.Json or ColumnType.Enum or ColumnType.Set => typeof(string),
            ColumnType.Geometry or ColumnType.Vector => typeof(byte[]),
            _ => column.IsBinary ? typeof(byte[]) : typeof(string),
        };
    }

    /// <summary>The server's name of a column's type.</summary>
    public static string ServerTypeName(ColumnDefinitionPacket column)
    {
        var unsigned = column.IsUnsigned ? " UNSIGNED" : "";
        return column.Type switch
        {
            ColumnType.Tiny => "TINYINT" + unsigned,
            ColumnType.Short => "SMALLINT" + unsigned,
            ColumnType.Int24 => "MEDIUMINT" + unsigned,
            ColumnType.Long => "INT" + unsigned,
            ColumnType.LongLong => "BIGINT" + unsigned,
            ColumnType.Decimal or ColumnType.NewDecimal => "DECIMAL",
            ColumnType.NewDate => "DATE",
            ColumnType.String when column.Flags.HasFlag(ColumnFlags.Enum) => "ENUM",
            ColumnType.String when column.Flags.HasFlag(ColumnFlags.Set) => "SET",
            ColumnType.String => column.IsBinary ? "BINARY" : "CHAR",
            ColumnType.VarChar or ColumnType.VarString => column.IsBinary ? "VARBINARY" : "VARCHAR",
            ColumnType.TinyBlob or ColumnType.Blob or ColumnType.MediumBlob or ColumnType.LongBlob => column.IsBinary ? "BLOB" : "TEXT",
            _ => column.Type.ToString().ToUpperInvariant(),
        };
    }

    /// <summary>True when the values are characters.</summary>
    public static bool IsText(ColumnDefinitionPacket column) => column.Type switch
    {
        ColumnType.Json or ColumnType.Enum or ColumnType.Set => true,
        ColumnType.VarChar or ColumnType.VarString or ColumnType.String or ColumnType.TinyBlob or ColumnType.Blob
            or ColumnType.MediumBlob or ColumnType.LongBlob => !column.IsBinary,
        _ => false,
    };

    public object ToObject(ColumnDefinitionPacket column, ColumnValue value)
    {
        if (IsBoolean(column))
            return value.AsInteger() != 0;
        if (IsGuid(column))
            return ToGuid(value);
        return column.Type switch
        {
            ColumnType.Tiny when column.IsUnsigned => (byte)value.AsInteger(),
            ColumnType.Tiny => (sbyte)value.AsInteger(),
            ColumnType.Short when column.IsUnsigned => (ushort)value.AsInteger(),
            ColumnType.Short => (short)value.AsInteger(),
            ColumnType.Long or ColumnType.Int24 when column.IsUnsigned => (uint)value.AsInteger(),
            ColumnType.Long or ColumnType.Int24 => (int)value.AsInteger(),
            ColumnType.LongLong when column.IsUnsigned => value.AsInteger(),
            ColumnType.LongLong => (long)value.AsInteger(),
            ColumnType.Year => (int)value.AsInteger(),
            ColumnType.Bit => value.AsInteger(),
            ColumnType.Float => value.AsSingle(),
            ColumnType.Double => value.AsDouble(),
            ColumnType.Decimal or ColumnType.NewDecimal => value.AsDecimal(),
            ColumnType.Date or ColumnType.NewDate or ColumnType.DateTime or ColumnType.Timestamp =>
                options.AllowZeroDateTime ? value.AsDateTime() : ToDateTime(value.AsDateTime()),
            ColumnType.Time => value.AsTimeSpan(),
            ColumnType.Json or ColumnType.Enum or ColumnType.Set => value.AsString(),
            ColumnType.Geometry or ColumnType.Vector => value.Bytes.ToArray(),
            _ => column.IsBinary ? value.Bytes.ToArray() : value.AsString(),
        };
    }

    /// <exception cref="MySqlConversionException">A zero date, and the connection string does not say what to make of it.</exception>
    public DateTime ToDateTime(MySqlDateTime value) =>
        value.IsValidDateTime || !options.ConvertZeroDateTime
            ? DateTime.SpecifyKind(value.GetDateTime(), options.DateTimeKind)
            : DateTime.MinValue;

    public Guid ToGuid(ColumnValue value)
    {
        if (options.GuidFormat == MySqlGuidFormat.Binary16)
            return new Guid(value.Bytes, bigEndian: true);
        return Guid.TryParse(value.AsString(), out var guid)
            ? guid
            : throw new FormatException("The column holds something that is not a Guid; GuidFormat=None reads it as text.");
    }

    private bool IsBoolean(ColumnDefinitionPacket column) =>
        options.TreatTinyAsBoolean && column is { Type: ColumnType.Tiny, ColumnLength: 1, IsUnsigned: false };

    private bool IsGuid(ColumnDefinitionPacket column) => options.GuidFormat switch
    {
        MySqlGuidFormat.Char36 => IsTextOf(column, GuidChars),
        MySqlGuidFormat.Char32 => IsTextOf(column, 32),
        MySqlGuidFormat.Binary16 => column is { Type: ColumnType.String, IsBinary: true, ColumnLength: 16 },
        _ => false,
    };

    // The length of a text column comes in bytes of the session's character set.
    private static bool IsTextOf(ColumnDefinitionPacket column, uint characters) =>
        column is { Type: ColumnType.String, IsBinary: false }
        && (column.ColumnLength == characters * Utf8Mb4BytesPerChar || column.ColumnLength == characters * Utf8Mb3BytesPerChar)
        && (column.Flags & (ColumnFlags.Enum | ColumnFlags.Set)) == 0;
}
