using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Charsets by the names that mail uses for them.</summary>
internal static class CharsetUtils
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static Encoding? _windows1252;

    /// <summary>UTF-8 that throws on bytes that are not UTF-8.</summary>
    public static UTF8Encoding Utf8OrThrow => StrictUtf8;

    /// <summary>windows-1252, which web and mail programs mean by iso-8859-1.</summary>
    public static Encoding Windows1252 => _windows1252 ??= FromCodePage(1252) ?? Encoding.Latin1;

    /// <summary>The charset of that name, or <c>null</c>.</summary>
    public static Encoding? Find(string? name) => name is null ? null : CharsetNames.Find(name.AsSpan());

    /// <summary>The charset of that name, or <c>null</c>.</summary>
    public static Encoding? Find(ReadOnlySpan<char> name) => CharsetNames.Find(name);

    /// <summary>The charset with that code page, whether or not the program registered the code pages.</summary>
    public static Encoding? FromCodePage(int codePage)
    {
        switch (codePage)
        {
            case 65001:
                return Encoding.UTF8;
            case 20127:
                return Encoding.ASCII;
            case 28591:
                return Encoding.Latin1;
            case 1200:
                return Encoding.Unicode;
            case 1201:
                return Encoding.BigEndianUnicode;
            case 12000:
                return Encoding.UTF32;
            case 65000:
                return Utf7Encoding.Instance;
            default:
                // Asked directly, so that nobody need register the provider, and only when such a charset comes.
                return CodePagesEncodingProvider.Instance.GetEncoding(codePage);
        }
    }

    /// <summary>Decodes text whose charset nobody declared: UTF-8 where it is valid, otherwise the fallback of the options.</summary>
    public static string DecodeUnknown(ParserOptions options, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var fallback = options.CharsetEncoding;
        return fallback.CodePage is 65001 or 20127 or 28591
            ? Windows1252.GetString(bytes)
            : fallback.GetString(bytes);
    }

    /// <summary>Decodes text of a declared charset, with the mislabelling of the wild in mind.</summary>
    public static string Decode(ParserOptions options, Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        switch (encoding.CodePage)
        {
            case 20127:
                return DecodeUnknown(options, bytes);
            case 65001:
                // Who sets another fallback wants the text of a mislabelled message, not replacement characters.
                return options.CharsetEncoding.CodePage == 65001 || System.Text.Unicode.Utf8.IsValid(bytes) || IsMostlyUtf8(bytes)
                    ? Encoding.UTF8.GetString(bytes)
                    : options.CharsetEncoding.GetString(bytes);
            case 28591:
                return bytes.IndexOfAnyInRange((byte)0x80, (byte)0x9F) >= 0 && !System.Text.Unicode.Utf8.IsValid(bytes)
                    ? Windows1252.GetString(bytes)
                    : Encoding.Latin1.GetString(bytes);
            default:
                return encoding.GetString(bytes);
        }
    }

    // Truncated or damaged UTF-8 keeps its valid characters; a legacy charset in disguise has hardly any.
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        int valid = 0;
        int invalid = 0;
        while (!bytes.IsEmpty)
        {
            int skip = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (skip < 0)
                break;
            bytes = bytes[skip..];
            if (Rune.DecodeFromUtf8(bytes, out _, out int used) == System.Buffers.OperationStatus.Done)
                valid++;
            else
                invalid++;
            bytes = bytes[used..];
        }

        return valid > invalid;
    }
}
