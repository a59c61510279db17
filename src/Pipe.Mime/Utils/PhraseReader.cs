namespace Pipe.Mime.Utils;

/// <summary>Reads the words of a phrase (RFC 5322 section 3.2.5): quotes and comments removed, encoded-words decoded.</summary>
internal static class PhraseReader
{
    public static string Read(ParserOptions options, ReadOnlySpan<byte> phrase)
    {
        phrase = phrase.Trim(" \t\r\n"u8);
        if (phrase.IsEmpty)
            return "";

        byte[] buffer = new byte[phrase.Length];
        int count = 0;
        bool quoted = false;
        for (int i = 0; i < phrase.Length; i++)
        {
            byte b = phrase[i];
            switch (b)
            {
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)'\\' when i + 1 < phrase.Length:
                    buffer[count++] = phrase[++i];
                    break;
                case (byte)'(' when !quoted:
                    int end = Cfws.SkipComment(phrase, i);
                    if (end < phrase.Length || phrase[^1] != ')')
                    {
                        // Inside of a name the brackets are part of it: "John (Jack) Doe".
                        phrase[i..end].CopyTo(buffer.AsSpan(count));
                        count += end - i;
                    }

                    i = end - 1;
                    break;
                case (byte)'\r' or (byte)'\n':
                    break;
                case (byte)' ' or (byte)'\t':
                    if (quoted || (count > 0 && buffer[count - 1] != ' '))
                        buffer[count++] = b == '\t' && !quoted ? (byte)' ' : b;
                    break;
                default:
                    buffer[count++] = b;
                    break;
            }
        }

        return Rfc2047.DecodeText(options, buffer.AsSpan(0, count).Trim(" \t"u8)).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }
}
