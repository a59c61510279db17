namespace Pipe.Mime.Utils;

/// <summary>Comments and folding white space (RFC 5322 section 3.2.2).</summary>
internal static class Cfws
{
    /// <summary>The place behind a comment that opens at <paramref name="start"/>; the end of the text when it never closes.</summary>
    public static int SkipComment(ReadOnlySpan<byte> text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')':
                    if (--depth == 0)
                        return i + 1;
                    break;
            }
        }

        return text.Length;
    }

    /// <summary>The place of the next byte that is neither white space nor comment.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int start)
    {
        while (start < text.Length)
        {
            if (text[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                start++;
            else if (text[start] == '(')
                start = SkipComment(text, start);
            else
                break;
        }

        return start;
    }

    /// <summary>The place behind a quoted-string that opens at <paramref name="start"/>, or -1 when it never closes.</summary>
    public static int SkipQuotedString(ReadOnlySpan<byte> text, int start)
    {
        int i = start + 1;
        while (i < text.Length)
        {
            int found = text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
                return -1;
            i += found;
            if (text[i] == '"')
                return i + 1;
            i += 2;
        }

        return -1;
    }
}
