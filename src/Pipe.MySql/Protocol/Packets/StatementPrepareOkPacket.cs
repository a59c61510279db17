namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html#sect_protocol_com_stmt_prepare_response_ok
internal readonly record struct StatementPrepareOkPacket(uint StatementId, int ColumnCount, int ParameterCount)
{
    public static StatementPrepareOkPacket Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        if (reader.ReadByte() != OkPacket.Header)
            throw MySqlException.Malformed("no answer to COM_STMT_PREPARE");
        var statementId = reader.ReadUInt32();
        var columns = reader.ReadUInt16();
        return new StatementPrepareOkPacket(statementId, columns, reader.ReadUInt16());
    }
}
