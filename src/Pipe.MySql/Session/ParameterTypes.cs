using System.Data;

namespace Pipe.MySql.Session;

/// <summary>ADO.NET's parameter types and the server's.</summary>
internal static class ParameterTypes
{
    public static MySqlDbType ToMySqlDbType(DbType type) => type switch
    {
        DbType.Binary => MySqlDbType.Blob,
        DbType.Byte => MySqlDbType.UByte,
        DbType.Boolean => MySqlDbType.Bool,
        DbType.Currency or DbType.Decimal or DbType.VarNumeric => MySqlDbType.NewDecimal,
        DbType.Date => MySqlDbType.Date,
        DbType.DateTime or DbType.DateTime2 or DbType.DateTimeOffset => MySqlDbType.DateTime,
        DbType.Double => MySqlDbType.Double,
        DbType.Guid => MySqlDbType.Guid,
        DbType.Int16 => MySqlDbType.Int16,
        DbType.Int32 => MySqlDbType.Int32,
        DbType.Int64 => MySqlDbType.Int64,
        DbType.SByte => MySqlDbType.Byte,
        DbType.Single => MySqlDbType.Float,
        DbType.Time => MySqlDbType.Time,
        DbType.UInt16 => MySqlDbType.UInt16,
        DbType.UInt32 => MySqlDbType.UInt32,
        DbType.UInt64 => MySqlDbType.UInt64,
        DbType.AnsiStringFixedLength or DbType.StringFixedLength => MySqlDbType.String,
        _ => MySqlDbType.VarChar,
    };

    public static DbType ToDbType(MySqlDbType type) => type switch
    {
        MySqlDbType.Byte => DbType.SByte,
        MySqlDbType.UByte => DbType.Byte,
        MySqlDbType.Bool => DbType.Boolean,
        MySqlDbType.Int16 => DbType.Int16,
        MySqlDbType.UInt16 => DbType.UInt16,
        MySqlDbType.Int24 or MySqlDbType.Int32 or MySqlDbType.Year => DbType.Int32,
        MySqlDbType.UInt32 => DbType.UInt32,
        MySqlDbType.Int64 => DbType.Int64,
        MySqlDbType.UInt64 or MySqlDbType.Bit => DbType.UInt64,
        MySqlDbType.Float => DbType.Single,
        MySqlDbType.Double => DbType.Double,
        MySqlDbType.Decimal or MySqlDbType.NewDecimal => DbType.Decimal,
        MySqlDbType.Date => DbType.Date,
        MySqlDbType.DateTime or MySqlDbType.Timestamp => DbType.DateTime,
        MySqlDbType.Time => DbType.Time,
        MySqlDbType.Guid => DbType.Guid,
        MySqlDbType.TinyBlob or MySqlDbType.Blob or MySqlDbType.MediumBlob or MySqlDbType.LongBlob
            or MySqlDbType.Binary or MySqlDbType.VarBinary or MySqlDbType.Geometry => DbType.Binary,
        MySqlDbType.String => DbType.StringFixedLength,
        _ => DbType.String,
    };
}
