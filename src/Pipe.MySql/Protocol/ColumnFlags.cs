namespace Pipe.MySql.Protocol;

[Flags]
internal enum ColumnFlags : ushort
{
    None = 0,
    NotNull = 0x1,
    PrimaryKey = 0x2,
    UniqueKey = 0x4,
    Blob = 0x10,
    Unsigned = 0x20,
    Binary = 0x80,
    Enum = 0x100,
    AutoIncrement = 0x200,
    Set = 0x800,
}
