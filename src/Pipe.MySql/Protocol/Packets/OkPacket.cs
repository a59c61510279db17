namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html
internal readonly record struct OkPacket(
    ulong AffectedRows, ulong LastInsertId, ServerStatus Status, int WarningCount, string? Schema)
{
    public const byte Header = 0x00;

    // SESSION_TRACK_SCHEMA
    private const byte SchemaChanged = 0x01;

    public static OkPacket Read(ReadOnlySpan<byte> payload, CapabilityFlags capabilities)
    {
        var reader = new PayloadReader(payload);
        reader.Skip(1);
        var affectedRows = reader.ReadLengthEncodedInteger();
        var lastInsertId = reader.ReadLengthEncodedInteger();
        var status = (ServerStatus)reader.ReadUInt16();
        var warnings = reader.ReadUInt16();
        string? schema = null;
        if (capabilities.HasFlag(CapabilityFlags.SessionTrack) && reader.Remaining > 0)
        {
            _ = reader.ReadLengthEncodedBytes();
            if (status.HasFlag(ServerStatus.SessionStateChanged) && reader.Remaining > 0)
                schema = ReadSchema(reader.ReadLengthEncodedBytes());
        }
        return new OkPacket(affectedRows, lastInsertId, status, warnings, schema);
    }

    private static string? ReadSchema(ReadOnlySpan<byte> changes)
    {
        string? schema = null;
        var reader = new PayloadReader(changes);
        while (reader.Remaining > 0)
        {
            var kind = reader.ReadByte();
            var data = new PayloadReader(reader.ReadLengthEncodedBytes());
            if (kind == SchemaChanged)
                schema = data.ReadLengthEncodedString();
        }
        return schema;
    }
}
