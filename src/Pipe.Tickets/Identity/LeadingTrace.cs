namespace Pipe.Tickets.Identity;

/// <summary>Finds the header fields on top of a message that the delivering mail system has added for this one delivery.</summary>
internal static class LeadingTrace
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The number of bytes, from the first on, that a delivery agent has put before the message.</summary>
    public static int LengthOf(ReadOnlySpan<byte> message)
    {
        int length = message.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        while (FieldLength(message[length..]) is var field and > 0 && IsTrace(message.Slice(length, field)))
            length += field;
        return length;
    }

    // A field ends before the first line that does not begin with white space (RFC 5322 section 2.2.3). One that is cut off
    // by the end of the buffer is none: nobody's trace is that long.
    private static int FieldLength(ReadOnlySpan<byte> message)
    {
        int length = 0;
        while (message[length..].IndexOf((byte)'\n') is var lineFeed and >= 0)
        {
            length += lineFeed + 1;
            if (length == message.Length || message[length] is not ((byte)' ' or (byte)'\t'))
                return length;
        }

        return 0;
    }

    private static bool IsTrace(ReadOnlySpan<byte> field)
    {
        int colon = field.IndexOf((byte)':');
        if (colon <= 0)
            return false;

        var name = field[..colon];
        if (Is(name, "Return-Path"u8) || Is(name, "Delivered-To"u8) || Is(name, "X-Original-To"u8) || Is(name, "Envelope-To"u8)
            || Is(name, "X-Envelope-To"u8) || Is(name, "X-Envelope-From"u8) || Is(name, "Delivery-Date"u8))
            return true;

        // A fetching program writes a new Received field each time it fetches the message again.
        return Is(name, "Received"u8) && (field.IndexOf("(fetchmail-"u8) >= 0 || field.IndexOf("getmail"u8) >= 0);
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) =>
        System.Text.Ascii.EqualsIgnoreCase(name, expected);
}
