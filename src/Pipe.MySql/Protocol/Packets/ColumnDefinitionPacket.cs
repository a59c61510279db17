namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html
internal sealed record ColumnDefinitionPacket(
    string Name, ushort CharacterSet, uint ColumnLength, ColumnType Type, ColumnFlags Flags, byte Decimals)
{
    /// <summary>Number of the pseudo character set of columns that hold bytes.</summary>
    public const ushort BinaryCharacterSet = 63;

    private const int FixedBytes = 0x0C;

    public bool IsUnsigned => Flags.HasFlag(ColumnFlags.Unsigned);

    public bool IsBinary => CharacterSet == BinaryCharacterSet;

    public static ColumnDefinitionPacket Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        _ = reader.ReadLengthEncodedBytes(); // catalog
        _ = reader.ReadLengthEncodedBytes(); // schema
        _ = reader.ReadLengthEncodedBytes(); // table
        _ = reader.ReadLengthEncodedBytes(); // original table
        var name = reader.ReadLengthEncodedString();
        _ = reader.ReadLengthEncodedBytes(); // original name
        if (reader.ReadLengthEncodedInteger() < FixedBytes)
            throw MySqlException.Malformed("a column definition without its type");
        var characterSet = reader.ReadUInt16();
        var length = reader.ReadUInt32();
        var type = (ColumnType)reader.ReadByte();
        var flags = (ColumnFlags)reader.ReadUInt16();
        return new ColumnDefinitionPacket(name, characterSet, length, type, flags, reader.ReadByte());
    }
}
