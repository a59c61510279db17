using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Writes encoded-words (RFC 2047), each with whole characters and at most 75 bytes long.</summary>
internal static class EncodedWordWriter
{
    private const int MaxWordLength = 75;

    /// <summary>Encodes the words of a text that need it, parted by single spaces.</summary>
    public static string EncodeText(FormatOptions options, Encoding charset, string text)
    {
        text = RemoveBreaks(text);
        if (!NeedsEncoding(options, text))
            return text;
        return EncodeRuns(options, charset, text, phrase: false);
    }

    /// <summary>Encodes a phrase: as atoms, as a quoted-string, or as encoded-words.</summary>
    public static string EncodePhrase(FormatOptions options, Encoding charset, string phrase)
    {
        phrase = RemoveBreaks(phrase);
        if (NeedsEncoding(options, phrase))
            return EncodeRuns(options, charset, phrase, phrase: true);
        if (phrase.Length == 0)
            return "\"\"";
        foreach (char c in phrase)
        {
            if (!IsAtomText(c) && c != ' ')
                return MimeUtils.Quote(phrase);
        }

        return phrase.StartsWith(' ') || phrase.EndsWith(' ') || phrase.Contains("  ", StringComparison.Ordinal)
            ? MimeUtils.Quote(phrase)
            : phrase;
    }

    private static bool IsAtomText(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal) || c >= 0x80;

    private static string RemoveBreaks(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            return text;
        return text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').Replace("\0", "", StringComparison.Ordinal);
    }

    private static bool NeedsEncoding(FormatOptions options, string text)
    {
        // A word that looks encoded would be decoded by whoever reads it.
        if (text.Contains("=?", StringComparison.Ordinal))
            return true;
        foreach (char c in text)
        {
            if ((c < ' ' && c != '\t') || c == 127 || (c > 127 && !options.International))
                return true;
        }

        // A word too long for any line can only be cut when it is encoded (RFC 5322 section 2.1.1).
        int run = 0;
        foreach (char c in text)
        {
            run = c is ' ' or '\t' ? 0 : run + 1;
            if (run > 900)
                return true;
        }

        return false;
    }

    // From the first to the last word that needs it: the white space between encoded-words is not text,
    // so it must be inside of them.
    private static string EncodeRuns(FormatOptions options, Encoding charset, string text, bool phrase)
    {
        int first = FirstWord(options, text, phrase);
        int last = LastWord(options, text, phrase);
        if (phrase)
            (first, last) = (0, text.Length);

        var builder = new StringBuilder(text.Length * 2);
        _ = builder.Append(text.AsSpan(0, first));
        AppendWords(builder, EncoderFor(charset, text), text.AsSpan(first, last - first), phrase);
        _ = builder.Append(text.AsSpan(last));
        return builder.ToString();
    }

    private static int FirstWord(FormatOptions options, string text, bool phrase)
    {
        if (phrase)
            return 0;
        int start = 0;
        while (start < text.Length)
        {
            int space = text.IndexOf(' ', start);
            int end = space < 0 ? text.Length : space;
            if (NeedsEncoding(options, text[start..end]))
                return start;
            start = end + 1;
        }

        return 0;
    }

    private static int LastWord(FormatOptions options, string text, bool phrase)
    {
        if (phrase)
            return text.Length;
        int end = text.Length;
        while (end > 0)
        {
            int start = text.LastIndexOf(' ', end - 1) + 1;
            if (NeedsEncoding(options, text[start..end]))
                return end;
            end = Math.Max(0, start - 1);
        }

        return text.Length;
    }

    // A charset that cannot hold the text would put question marks in it.
    private static Encoding EncoderFor(Encoding charset, string text)
    {
        if (charset.CodePage is 65001 or 65000 or 1200 or 1201)
            return Encoding.UTF8;
        byte[] bytes = charset.GetBytes(text);
        return charset.GetString(bytes) == text ? charset : Encoding.UTF8;
    }

    private static void AppendWords(StringBuilder builder, Encoding charset, ReadOnlySpan<char> text, bool phrase)
    {
        string name = charset.WebName;
        int room = MaxWordLength - name.Length - 7;
        bool useQ = IsShorterQuoted(charset, text, phrase);
        bool first = true;
        Span<byte> bytes = stackalloc byte[128];
        Span<byte> rune = stackalloc byte[32];
        Span<char> utf16 = stackalloc char[2];
        while (!text.IsEmpty)
        {
            int count = 0;
            int length = 0;
            int used = 0;
            while (used < text.Length)
            {
                _ = Rune.DecodeFromUtf16(text[used..], out var value, out int chars);
                int size = charset.GetBytes(utf16[..value.EncodeToUtf16(utf16)], rune);
                int cost = useQ ? QuotedLength(rune[..size], phrase) : 0;
                bool fits = useQ ? length + cost <= room : (count + size + 2) / 3 * 4 <= room;
                if (!fits && used > 0)
                    break;
                rune[..size].CopyTo(bytes[count..]);
                count += size;
                length += cost;
                used += chars;
            }

            if (!first)
                _ = builder.Append(' ');
            first = false;
            _ = builder.Append("=?").Append(name).Append(useQ ? "?q?" : "?b?");
            if (useQ)
                AppendQuoted(builder, bytes[..count], phrase);
            else
                _ = builder.Append(Convert.ToBase64String(bytes[..count]));
            _ = builder.Append("?=");
            text = text[used..];
        }
    }

    private static bool IsShorterQuoted(Encoding charset, ReadOnlySpan<char> text, bool phrase)
    {
        byte[] bytes = charset.GetBytes(text.ToArray());
        return QuotedLength(bytes, phrase) <= bytes.Length * 4L / 3;
    }

    private static int QuotedLength(ReadOnlySpan<byte> bytes, bool phrase)
    {
        int length = 0;
        foreach (byte b in bytes)
            length += IsPlain(b, phrase) || b == ' ' ? 1 : 3;
        return length;
    }

    // RFC 2047 section 5 (3): in a phrase only these may stand for themselves.
    private static bool IsPlain(byte b, bool phrase) => char.IsAsciiLetterOrDigit((char)b)
        || b is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/'
        || (!phrase && b is > (byte)' ' and < 127 and not ((byte)'=' or (byte)'?' or (byte)'_' or (byte)'"'));

    private static void AppendQuoted(StringBuilder builder, ReadOnlySpan<byte> bytes, bool phrase)
    {
        foreach (byte b in bytes)
        {
            if (b == ' ')
                _ = builder.Append('_');
            else if (IsPlain(b, phrase))
                _ = builder.Append((char)b);
            else
                _ = builder.Append('=').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);
        }
    }
}
