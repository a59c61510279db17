namespace Pipe.Tickets.Reading;

/// <summary>Raw values of header fields.</summary>
internal static class HeaderBytes
{
    /// <summary>The value without its line breaks: each, with the white space after it, is one blank.</summary>
    public static byte[] Unfold(ReadOnlySpan<byte> raw)
    {
        raw = raw.TrimEnd("\r\n"u8);
        byte[] unfolded = new byte[raw.Length];
        int count = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != (byte)'\n')
            {
                unfolded[count++] = raw[i];
                continue;
            }

            while (count > 0 && unfolded[count - 1] == (byte)'\r')
                count--;
            while (i + 1 < raw.Length && raw[i + 1] is (byte)' ' or (byte)'\t')
                i++;
            unfolded[count++] = (byte)' ';
        }

        return count == unfolded.Length ? unfolded : unfolded[..count];
    }
}
