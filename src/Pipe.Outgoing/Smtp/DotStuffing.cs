namespace Pipe.Outgoing.Smtp;

/// <summary>A message as DATA wants it (RFC 5321 section 4.5.2): CRLF line ends, a dot before a line's first dot, and the end mark.</summary>
internal static class DotStuffing
{
    public static byte[] Apply(ReadOnlySpan<byte> message)
    {
        using var output = new MemoryStream(message.Length + (message.Length / 32) + 16);
        while (!message.IsEmpty)
        {
            // Any line end is one: to a server that takes a lone CR or LF for it, the text behind would be commands.
            int end = message.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? message : message[..end];
            if (!line.IsEmpty && line[0] == '.')
                output.WriteByte((byte)'.');
            output.Write(line);
            output.Write("\r\n"u8);
            message = end < 0 ? [] : message[(message[end..].StartsWith("\r\n"u8) ? end + 2 : end + 1)..];
        }

        output.Write(".\r\n"u8);
        return output.ToArray();
    }
}
