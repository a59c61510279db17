using System.Text;

namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html
internal readonly record struct ErrPacket(MySqlErrorCode ErrorCode, string? SqlState, string Message)
{
    public const byte Header = 0xFF;

    public static ErrPacket Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        reader.Skip(1);
        var errorCode = (MySqlErrorCode)reader.ReadUInt16();
        string? sqlState = null;
        var rest = reader.ReadRest();
        // A server that refuses before the handshake (too many connections, host blocked) leaves the state out.
        if (rest is [(byte)'#', _, _, _, _, _, ..])
        {
            sqlState = Encoding.ASCII.GetString(rest.Slice(1, 5));
            rest = rest[6..];
        }
        return new ErrPacket(errorCode, sqlState, Encoding.UTF8.GetString(rest));
    }
}
