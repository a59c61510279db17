using System.Buffers;
using System.Text;
using MimeKit.Encodings;

namespace Pipe.Tickets.Reading;

/// <summary>Text out of a message's bytes.</summary>
internal static class MailText
{
    /// <summary>
    /// A text without what cannot be seen in it, but acts: control characters of ASCII other than tab and line ends, and those that turn
    /// the direction of writing (UAX 9). NUL has a meaning of its own further on.
    /// </summary>
    public static string WithoutControls(string text)
    {
        int first = 0;
        while (first < text.Length && !IsControl(text[first]))
            first++;
        if (first == text.Length)
            return text;

        var kept = new StringBuilder(text.Length).Append(text, 0, first);
        foreach (char c in text.AsSpan(first))
        {
            if (!IsControl(c))
                kept.Append(c);
        }

        return kept.ToString();
    }

    private static bool IsControl(char c) =>
        c is (> '\0' and < ' ' and not ('\t' or '\r' or '\n')) or '\u007F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Decodes the encoded words (RFC 2047) in a text, quoted or glued to other text too; the rest stays as it is.</summary>
    public static string DecodeWords(string text)
    {
        int start = text.IndexOf("=?", StringComparison.Ordinal);
        if (start < 0)
            return text;

        var decoded = new StringBuilder(text.Length).Append(text, 0, start);
        while (start < text.Length)
        {
            int end = AppendWords(decoded, text, start);
            int next = start + 2 > text.Length ? -1 : text.IndexOf("=?", end > start ? end : start + 2, StringComparison.Ordinal);
            if (next < 0)
                next = text.Length;
            decoded.Append(text, end, next - end);
            start = next;
        }

        return decoded.ToString();
    }

    // Encoded words with nothing but white space between them are one text; the bytes of those in the same charset are joined before
    // they are converted, so that a character that some mailers split between two words comes out whole. Returns where the words end.
    private static int AppendWords(StringBuilder decoded, string text, int start)
    {
        int end = start;
        string charset = "";
        var bytes = new ArrayBufferWriter<byte>();
        for (int at = start; EndOfWord(text, at) is var wordEnd and > 0;)
        {
            var word = text.AsSpan(at + 2, wordEnd - at - 4);
            int charsetEnd = word.IndexOf('?');
            var name = word[..charsetEnd];

            // RFC 2231 section 5: the language stands behind the charset.
            name = name.IndexOf('*') is >= 0 and var star ? name[..star] : name;
            if (!name.Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                AppendBytes(decoded, bytes, charset);
                charset = name.ToString();
            }

            bool isBase64 = word[charsetEnd + 1] is 'B' or 'b';
            for (var payload = word[(charsetEnd + 3)..]; !payload.IsEmpty;)
            {
                // A character that is not encoded at all stands for itself; its bytes were converted with the field.
                int raw = payload.IndexOfAnyExceptInRange('\0', '\u007F');
                Decode(raw < 0 ? payload : payload[..raw], isBase64, bytes);
                if (raw < 0)
                    break;
                AppendBytes(decoded, bytes, charset);
                decoded.Append(payload[raw]);
                payload = payload[(raw + 1)..];
            }

            end = at = wordEnd;
            while (at < text.Length && text[at] is ' ' or '\t')
                at++;
        }

        AppendBytes(decoded, bytes, charset);
        return end;
    }

    private static void AppendBytes(StringBuilder decoded, ArrayBufferWriter<byte> bytes, string charset)
    {
        if (bytes.WrittenCount > 0)
            decoded.Append(Charsets.Decode(bytes.WrittenSpan, charset));
        bytes.ResetWrittenCount();
    }

    // Blanks inside of a word are forbidden but frequent; they mean themselves.
    private static void Decode(ReadOnlySpan<char> payload, bool isBase64, ArrayBufferWriter<byte> bytes)
    {
        byte[] encoded = new byte[payload.Length];
        Encoding.ASCII.GetBytes(payload, encoded);
        IMimeDecoder decoder = isBase64 ? new Base64Decoder() : new QuotedPrintableDecoder(rfc2047: true);
        byte[] output = new byte[decoder.EstimateOutputLength(encoded.Length)];
        int count = decoder.Decode(encoded, 0, encoded.Length, output);
        bytes.Write(output.AsSpan(0, count));
    }

    // The position behind "=?charset?encoding?text?=", or 0.
    private static int EndOfWord(string text, int start)
    {
        if (!text.AsSpan(start).StartsWith("=?"))
            return 0;

        int charsetEnd = EndOfToken(text, start + 2);
        if (charsetEnd == start + 2 || charsetEnd + 3 > text.Length || text[charsetEnd] != '?' || text[charsetEnd + 2] != '?'
            || text[charsetEnd + 1] is not ('b' or 'B' or 'q' or 'Q'))
            return 0;

        int payload = charsetEnd + 3;
        int end = text.IndexOf('?', payload);
        return end > 0 && end + 1 < text.Length && text[end + 1] == '=' ? end + 2 : 0;
    }

    private static int EndOfToken(string text, int at)
    {
        while (at < text.Length && text[at] is > ' ' and < '\u007f' and not ('?' or '=' or '"' or '<' or '>' or '(' or ')'))
            at++;
        return at;
    }
}
