using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Pipe.Tickets.Reading;

/// <summary>The charsets of header fields, bodies and files, under all the names that mailers give them.</summary>
/// <remarks>
/// Names are those of the WHATWG Encoding Standard and what mail adds, on top of .NET's own. As browsers do it, US-ASCII and ISO-8859-1
/// mean Windows-1252, ISO-8859-9 means Windows-1254, and GB 2312 means GB 18030, each of which holds the other.
/// </remarks>
internal static class Charsets
{
    private const string Iso2022Jp = "iso-2022-jp";
    private const int MetaSearchBytes = 1024;

    // What Windows-1252 has in 0x80 to 0x9F; the rest of it is Latin-1. Its five unused bytes stay as they are. Written out here because
    // most mail with an unlabelled byte needs no other code page.
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n\"';/");

    static Charsets() => CodePages.Register();

    /// <summary>The text of a part, or of bytes in a header.</summary>
    /// <param name="bytes">The decoded bytes.</param>
    /// <param name="charset">The charset that is named for them, or <c>null</c>.</param>
    /// <remarks>
    /// The bytes count for more than the name: what is UTF-8 throughout is UTF-8 under the name of any charset that holds ASCII, and
    /// escapes of ISO-2022-JP are known. Without a usable name it is UTF-8, and bytes that are not are Windows-1252.
    /// </remarks>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            return FromUtf8(bytes[3..]);
        if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
            return (bytes[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes[2..]);

        var encoding = charset is null ? null : Find(charset);
        if (encoding is not null && !HoldsAscii(encoding))
            return encoding.GetString(bytes).TrimStart('\uFEFF');
        if (IsIso2022Jp(bytes))
            return Lenient(Iso2022Jp)!.GetString(bytes);
        return encoding is null or UTF8Encoding || IsUtf8(bytes, encoding) ? FromUtf8(bytes) : encoding.GetString(bytes);
    }

    /// <summary>The text of bytes in a header, which is ASCII but for what a program wrote raw, in UTF-8 or in the charset of the body.</summary>
    public static string DecodeHeader(ReadOnlySpan<byte> bytes, string? charsetOfBody) =>
        Decode(bytes, charsetOfBody is not null && !Ascii.IsValid(bytes) && Find(charsetOfBody) is { } encoding && HoldsAscii(encoding) ? charsetOfBody : null);

    /// <summary>The encoding of a name, which drops what it cannot convert; <c>null</c> when there is none.</summary>
    public static Encoding? Find(string charset)
    {
        string name = AsciiText.ToLower(charset.Trim().Trim('\'', '"').Trim());
        return name switch
        {
            "" => null,
            "utf-8" or "utf8" => Encoding.UTF8,
            "utf-7" or "unicode-1-1-utf-7" => Utf7.Encoding,
            "iso-8859-10" or "iso8859-10" or "latin6" or "l6" => SingleByteEncoding.Iso8859Part10,
            "iso-8859-14" or "iso8859-14" or "latin8" or "l8" => SingleByteEncoding.Iso8859Part14,
            "iso-8859-16" or "iso8859-16" or "latin10" or "l10" => SingleByteEncoding.Iso8859Part16,
            _ => Lenient(Canonical(name)),
        };
    }

    /// <summary>The charset that an HTML document names for itself in its first 1,024 bytes, or <c>null</c>.</summary>
    public static string? OfHtml(ReadOnlySpan<byte> html)
    {
        string start = Encoding.Latin1.GetString(html[..Math.Min(html.Length, MetaSearchBytes)]);
        for (int meta = 0; (meta = start.IndexOf("<meta", meta, StringComparison.OrdinalIgnoreCase)) >= 0; meta++)
        {
            int end = start.IndexOf('>', meta);
            var tag = start.AsSpan(meta, (end < 0 ? start.Length : end) - meta);
            int found = tag.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                continue;
            var value = tag[(found + "charset".Length)..].TrimStart();
            if (value is not ['=', ..])
                continue;
            value = value[1..].Trim(" \t\r\n\"'");
            int length = value.IndexOfAny(EndOfName);
            return (length < 0 ? value : value[..length]).ToString();
        }

        return null;
    }

    /// <summary>Whether bytes in an encoding that holds ASCII are certainly UTF-8, whatever is said of them.</summary>
    /// <remarks>Two bytes of a letter in a legacy East Asian charset may look like one of UTF-8; three in a row do not.</remarks>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes, Encoding encoding) =>
        HoldsAscii(encoding) && bytes.IndexOfAnyInRange((byte)(encoding.IsSingleByte ? 0x80 : 0xE0), (byte)0xFF) >= 0 && Utf8.IsValid(bytes);

    // A byte that is not UTF-8 is a letter all the same: somebody pasted it, or the whole text is in Windows-1252. Only in a text that
    // has characters of UTF-8, the beginning of another one is what a cut left of it; nobody can read that.
    private static string FromUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        Span<char> characters = stackalloc char[2];
        bool isUtf8 = HasUtf8(bytes);
        int end = bytes.TrimEnd(" \t\r\n"u8).LastIndexOfAnyExceptInRange((byte)0xC2, (byte)0xF4) + 1;
        for (int at = 0, length; at < bytes.Length; at += length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out var rune, out length) == OperationStatus.Done)
            {
                text.Append(characters[..rune.EncodeToUtf16(characters)]);
            }
            else if (!isUtf8 || (length == 1 && at < end))
            {
                foreach (byte b in bytes.Slice(at, length))
                    text.Append(b is >= 0x80 and <= 0x9F ? Windows1252[b - 0x80] : (char)b);
            }
        }

        return text.ToString();
    }

    private static bool HasUtf8(ReadOnlySpan<byte> bytes)
    {
        for (int length; !bytes.IsEmpty; bytes = bytes[length..])
        {
            int beyondAscii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (beyondAscii < 0)
                return false;
            bytes = bytes[beyondAscii..];
            if (Rune.DecodeFromUtf8(bytes, out _, out length) == OperationStatus.Done)
                return true;
        }

        return false;
    }

    private static bool IsIso2022Jp(ReadOnlySpan<byte> bytes) => bytes.Contains((byte)'\u001B') && Ascii.IsValid(bytes)
        && (bytes.IndexOf("\u001B$B"u8) >= 0 || bytes.IndexOf("\u001B$@"u8) >= 0);

    // UTF-16, UTF-32, UTF-7, ISO-2022 and HZ use the bytes of ASCII for something else.
    private static bool HoldsAscii(Encoding encoding) =>
        encoding.CodePage is not (1200 or 1201 or 12000 or 12001 or 50220 or 50221 or 50222 or 50225 or 50227 or 52936) && encoding is not Utf7;

    private static string Canonical(string name)
    {
        if (name.StartsWith("ks_c_5601", StringComparison.Ordinal) || name is "euc-kr" or "uhc" or "windows-949" or "cp949" or "ms949" or "x-windows-949")
            return "ks_c_5601-1987";
        if (name.StartsWith("gb", StringComparison.Ordinal) || name is "x-gbk" or "cp936" or "ms936" or "windows-936" or "chinese" or "euc-cn")
            return "gb18030";
        if (name is "cp932" or "ms932" or "windows-31j" or "windows-932" or "x-ms-cp932")
            return "shift_jis";
        if (name is "cp950" or "ms950" or "windows-950")
            return "big5";
        if (name is "mac" or "x-mac-roman" or "csmacintosh")
            return "macintosh";
        if (name is "default" or "x-user-defined" or "iso" or "ansi")
            return "windows-1252";
        if (name.StartsWith("iso-2022-jp", StringComparison.Ordinal))
            return Iso2022Jp;
        if (TryCut(name, "windows", out string number) || TryCut(name, "x-cp", out number) || TryCut(name, "cp", out number))
            return number.StartsWith("125", StringComparison.Ordinal) || number == "874" ? "windows-" + number : "cp" + number;
        if (TryCut(name, "iso", out string rest) && TryCut(rest, "8859", out string part))
            return "iso-8859-" + part.Split('-', ':')[0];
        return name == "koi8_r" ? "koi8-r" : name;
    }

    private static bool TryCut(string name, string prefix, out string rest)
    {
        bool cut = name.StartsWith(prefix, StringComparison.Ordinal);
        rest = cut ? name[prefix.Length..].TrimStart('-', '_') : "";
        return cut && rest.Length > 0 && char.IsAsciiDigit(rest[0]);
    }

    private static Encoding? Lenient(string name)
    {
        try
        {
            var dropping = new DecoderReplacementFallback("");
            var encoding = Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, dropping);
            return encoding.CodePage switch
            {
                20127 or 28591 => Encoding.GetEncoding(1252, EncoderFallback.ReplacementFallback, dropping),
                28599 => Encoding.GetEncoding(1254, EncoderFallback.ReplacementFallback, dropping),
                _ => encoding,
            };
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
