using Pipe.MySql.Session;

namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html
internal static class HandshakeResponsePacket
{
    // utf8mb4_general_ci: known to every server from MySQL and MariaDB 5.5 on.
    private const byte CharacterSet = 45;
    private const uint MaxPacketBytes = 1 << 30;

    /// <summary>The request for TLS is the head of the response, sent alone.</summary>
    public static void WriteSslRequest(PacketWriter writer, CapabilityFlags capabilities)
    {
        writer.WriteUInt32((uint)capabilities);
        writer.WriteUInt32(MaxPacketBytes);
        writer.WriteByte(CharacterSet);
        writer.WriteZeros(23);
    }

    public static void Write(
        PacketWriter writer, CapabilityFlags capabilities, ConnectionOptions options, string pluginName, ReadOnlySpan<byte> response)
    {
        WriteSslRequest(writer, capabilities);
        writer.WriteNullTerminatedString(options.UserId);
        if (capabilities.HasFlag(CapabilityFlags.PluginAuthLengthEncodedData))
            writer.WriteLengthEncodedInteger((ulong)response.Length);
        else
            writer.WriteByte(checked((byte)response.Length));
        writer.WriteBytes(response);
        if (capabilities.HasFlag(CapabilityFlags.ConnectWithDatabase))
            writer.WriteNullTerminatedString(options.Database);
        if (capabilities.HasFlag(CapabilityFlags.PluginAuth))
            writer.WriteNullTerminatedString(pluginName);
        if (capabilities.HasFlag(CapabilityFlags.ConnectAttributes))
            WriteAttributes(writer, options);
    }

    private static void WriteAttributes(PacketWriter writer, ConnectionOptions options)
    {
        const string clientNameKey = "_client_name", clientName = "Pipe.MySql", programNameKey = "program_name";
        var programName = options.ApplicationName;
        var length = 2 + clientNameKey.Length + clientName.Length;
        var programBytes = System.Text.Encoding.UTF8.GetByteCount(programName);
        if (programBytes is > 0 and < 0xFB)
            length += 2 + programNameKey.Length + programBytes;
        writer.WriteLengthEncodedInteger((ulong)length);
        writer.WriteLengthEncodedString(clientNameKey);
        writer.WriteLengthEncodedString(clientName);
        if (programBytes is > 0 and < 0xFB)
        {
            writer.WriteLengthEncodedString(programNameKey);
            writer.WriteLengthEncodedString(programName);
        }
    }
}
