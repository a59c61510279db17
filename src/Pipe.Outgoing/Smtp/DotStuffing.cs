namespace Pipe.Outgoing.Smtp;

/// <summary>A message as DATA wants it (RFC 5321 section 4.5.2): CRLF line ends, a dot before a line's first dot, and the end mark.</summary>
internal static class DotStuffing
{
    public static byte[] Apply(ReadOnlySpan<byte> message)
    {
        using var output = new MemoryStream(message.Length + (message.Length / 32) + 16);
        while (!message.IsEmpty)
        {
            int lineFeed = message.IndexOf((byte)'\n');
            var line = lineFeed < 0 ? message : message[..lineFeed];
            if (!line.IsEmpty && line[^1] == '\r')
                line = line[..^1];
            if (!line.IsEmpty && line[0] == '.')
                output.WriteByte((byte)'.');
            output.Write(line);
            output.Write("\r\n"u8);
            message = lineFeed < 0 ? [] : message[(lineFeed + 1)..];
        }

        output.Write(".\r\n"u8);
        return output.ToArray();
    }
}
