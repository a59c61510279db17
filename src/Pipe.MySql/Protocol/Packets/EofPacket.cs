namespace Pipe.MySql.Protocol.Packets;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_eof_packet.html
internal readonly record struct EofPacket(ServerStatus Status, int WarningCount)
{
    public const byte Header = 0xFE;

    // A row may begin with 0xFE too (a value of more than 16 MiB in the text protocol), but is longer.
    private const int MaxEofBytes = 9;

    /// <summary>True when the payload ends the rows, as an EOF packet or as the OK packet that replaced it.</summary>
    public static bool Is(ReadOnlySpan<byte> payload, CapabilityFlags capabilities) =>
        payload is [Header, ..]
        && payload.Length < (capabilities.HasFlag(CapabilityFlags.DeprecateEof) ? PacketWriter.MaxPacketBytes : MaxEofBytes);

    public static EofPacket Read(ReadOnlySpan<byte> payload, CapabilityFlags capabilities)
    {
        if (capabilities.HasFlag(CapabilityFlags.DeprecateEof))
        {
            var ok = OkPacket.Read(payload, capabilities);
            return new EofPacket(ok.Status, ok.WarningCount);
        }

        var reader = new PayloadReader(payload);
        reader.Skip(1);
        var warnings = reader.ReadUInt16();
        return new EofPacket((ServerStatus)reader.ReadUInt16(), warnings);
    }
}
