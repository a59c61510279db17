using System.Text;

namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
internal sealed record HandshakePacket(
    string ServerVersion, uint ThreadId, CapabilityFlags Capabilities, ServerStatus Status, byte[] Scramble, string PluginName)
{
    private const byte Version10 = 10;
    private const int FirstScrambleBytes = 8;
    private const int ScrambleBytes = 20;

    public static HandshakePacket Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var version = reader.ReadByte();
        if (version != Version10)
            throw MySqlException.Malformed($"version {version} of the handshake, only {Version10} is known");

        var serverVersion = Encoding.ASCII.GetString(reader.ReadNullTerminated());
        var threadId = reader.ReadUInt32();
        var scramble = new byte[ScrambleBytes];
        reader.ReadBytes(FirstScrambleBytes).CopyTo(scramble);
        reader.Skip(1);
        var capabilities = (uint)reader.ReadUInt16();
        reader.Skip(1); // the server's character set
        var status = (ServerStatus)reader.ReadUInt16();
        capabilities |= (uint)reader.ReadUInt16() << 16;
        reader.Skip(1 + 10); // length of the scramble, always 21 in practice; reserved
        var flags = (CapabilityFlags)capabilities;
        if (!flags.HasFlag(CapabilityFlags.Protocol41 | CapabilityFlags.SecureConnection))
            throw MySqlException.Malformed("no protocol 4.1: a server before MySQL 4.1");

        reader.ReadBytes(ScrambleBytes - FirstScrambleBytes).CopyTo(scramble.AsSpan(FirstScrambleBytes));
        reader.Skip(Math.Min(1, reader.Remaining));
        var plugin = flags.HasFlag(CapabilityFlags.PluginAuth) ? Encoding.ASCII.GetString(reader.ReadNullTerminated()) : "";
        return new HandshakePacket(serverVersion, threadId, flags, status, scramble, plugin.Length == 0 ? "mysql_native_password" : plugin);
    }
}
