namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_more_data.html
internal static class AuthMoreDataPacket
{
    public const byte Header = 0x01;

    public static byte[] Read(ReadOnlySpan<byte> payload) => payload[1..].ToArray();
}
