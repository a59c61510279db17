using MimeKit.Utils;
using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>Text out of a message's bytes.</summary>
internal static class MailText
{
    // What Windows-1252 has in 0x80 to 0x9F; the rest of it is Latin-1. Its five unused bytes stay as they are.
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>Bytes of an unknown charset: UTF-8 if they are that throughout, else Windows-1252.</summary>
    public static string FromUnlabelled(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);

        return string.Create(bytes.Length, bytes, static (text, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                text[i] = source[i] is >= 0x80 and <= 0x9F ? Windows1252[source[i] - 0x80] : (char)source[i];
        });
    }

    /// <summary>An unstructured field or a display name: encoded words (RFC 2047) decoded wherever they stand.</summary>
    public static string DecodeHeader(ReadOnlySpan<byte> bytes) => DecodeWords(FromUnlabelled(bytes));

    /// <summary>Decodes the encoded words in a text, quoted or glued to other text too; the rest stays as it is.</summary>
    public static string DecodeWords(string text)
    {
        int start = text.IndexOf("=?", StringComparison.Ordinal);
        if (start < 0)
            return text;

        var decoded = new StringBuilder(text.Length).Append(text, 0, start);
        while (start < text.Length)
        {
            int end = EndOfWords(text, start, out string words);
            if (end > start)
            {
                decoded.Append(Rfc2047.DecodeText(Encoding.ASCII.GetBytes(words)));
                start = end;
            }

            int next = start + 2 > text.Length ? -1 : text.IndexOf("=?", end > start ? start : start + 2, StringComparison.Ordinal);
            if (next < 0)
                next = text.Length;
            decoded.Append(text, start, next - start);
            start = next;
        }

        return decoded.ToString();
    }

    // A run of encoded words with nothing but white space between them is decoded as one, so that a character that some
    // mailers split between two words comes out whole. Blanks inside a word, forbidden but frequent, are made legal.
    private static int EndOfWords(string text, int start, out string words)
    {
        var run = new StringBuilder();
        int end = start;
        for (int at = start; EndOfWord(text, at) is var wordEnd and > 0;)
        {
            if (run.Length > 0)
                run.Append(' ');
            run.Append(WithKnownCharset(text[at..wordEnd].Replace(' ', '_')));
            end = at = wordEnd;
            while (at < text.Length && text[at] is ' ' or '\t')
                at++;
        }

        words = run.ToString();
        return end;
    }

    // A word in a charset that nobody knows is read as if it had none.
    private static string WithKnownCharset(string word)
    {
        int charsetEnd = word.IndexOfAny(['*', '?'], 2);
        if (Charsets.Find(word[2..charsetEnd]) is not null)
            return word;

        int encoding = word.IndexOf('?', charsetEnd);
        string bytes = Rfc2047.DecodeText(Encoding.ASCII.GetBytes("=?iso-8859-1" + word[encoding..]));
        string text = FromUnlabelled(Encoding.Latin1.GetBytes(bytes));
        return $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
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
        return end > 0 && end + 1 < text.Length && text[end + 1] == '=' && Ascii.IsValid(text.AsSpan(start, end - start)) ? end + 2 : 0;
    }

    private static int EndOfToken(string text, int at)
    {
        while (at < text.Length && text[at] is > ' ' and < '\u007f' and not ('?' or '=' or '"' or '<' or '>' or '(' or ')'))
            at++;
        return at;
    }
}
