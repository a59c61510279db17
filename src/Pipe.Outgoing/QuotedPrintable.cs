using MimeKit.Encodings;

namespace Pipe.Outgoing;

/// <summary>Quoted-printable (RFC 2045 section 6.7) in which no line begins with a dot or "From ".</summary>
/// <remarks>Mail systems on the way, and what mail is stored in, put a character before those, or take a line of one dot for the end.</remarks>
internal static class QuotedPrintable
{
    /// <summary>Whether a text has lines that need more than to be sent as they are, or a carriage return within one.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)'\r'))
            return true;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (text[line] is [(byte)'.', ..] || text[line].StartsWith("From "u8))
                return true;
        }

        return false;
    }

    /// <summary>The encoded text; its lines end in LF.</summary>
    public static byte[] Encode(byte[] text)
    {
        var encoder = new QuotedPrintableEncoder();
        byte[] encoded = new byte[encoder.EstimateOutputLength(text.Length)];
        ReadOnlySpan<byte> rest = encoded.AsSpan(0, encoder.Flush(text, 0, text.Length, encoded));
        using var output = new MemoryStream(rest.Length + 64);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n') + 1;
            if (rest[0] == '.' || rest.StartsWith("From "u8))
            {
                output.Write(rest[0] == '.' ? "=2E"u8 : "=46"u8);
                output.Write(rest[1..end]);
            }
            else
            {
                output.Write(rest[..end]);
            }

            rest = rest[end..];
        }

        return output.ToArray();
    }
}
