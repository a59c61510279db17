using System.Data.Common;
using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>What is known about a column of a result.</summary>
public sealed class MySqlDbColumn : DbColumn
{
    internal MySqlDbColumn(ColumnDefinitionPacket column, ColumnTypeMapper types, int ordinal)
    {
        ColumnName = column.Name;
        ColumnOrdinal = ordinal;
        ColumnSize = (int)Math.Min(column.ColumnLength, int.MaxValue);
        DataType = types.TypeOf(column);
        DataTypeName = ColumnTypeMapper.ServerTypeName(column);
        AllowDBNull = !column.Flags.HasFlag(ColumnFlags.NotNull);
        IsKey = column.Flags.HasFlag(ColumnFlags.PrimaryKey);
        IsUnique = column.Flags.HasFlag(ColumnFlags.UniqueKey);
        IsAutoIncrement = column.Flags.HasFlag(ColumnFlags.AutoIncrement);
        IsLong = column.Flags.HasFlag(ColumnFlags.Blob);
        NumericScale = column.Decimals;
    }
}
