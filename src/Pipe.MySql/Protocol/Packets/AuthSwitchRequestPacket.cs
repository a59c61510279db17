using System.Text;

namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_switch_request.html
internal readonly record struct AuthSwitchRequestPacket(string PluginName, byte[] Scramble)
{
    public const byte Header = 0xFE;

    public static AuthSwitchRequestPacket Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        reader.Skip(1);
        // An empty request asks for the hash of MySQL before 4.1.
        if (reader.Remaining == 0)
            return new AuthSwitchRequestPacket("mysql_old_password", []);

        var plugin = Encoding.ASCII.GetString(reader.ReadNullTerminated());
        var data = reader.ReadRest();
        return new AuthSwitchRequestPacket(plugin, (data is [.., 0] ? data[..^1] : data).ToArray());
    }
}
