using System.Globalization;
using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Finds a charset by its name, the misspelt and private ones included.</summary>
internal static class CharsetNames
{
    private const int MaxNameLength = 64;

    public static Encoding? Find(ReadOnlySpan<char> name)
    {
        name = name.Trim(" \t\"'");
        if (name.IsEmpty || name.Length > MaxNameLength)
            return null;

        Span<char> lower = stackalloc char[MaxNameLength];
        int length = 0;
        foreach (char c in name)
        {
            // "iso_8859-1", "ISO 8859 1" and "utf 8" are in use.
            if (c >= 0x7F)
                return null;
            lower[length++] = c is '_' or ' ' ? '-' : char.ToLowerInvariant(c);
        }

        int codePage = CodePageOf(lower[..length]);
        return codePage > 0 ? CharsetUtils.FromCodePage(codePage) : FromProviders(lower[..length].ToString());
    }

    private static Encoding? FromProviders(string name)
    {
        var known = CodePagesEncodingProvider.Instance.GetEncoding(name);
        if (known is not null)
            return known;
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int CodePageOf(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "utf-8" or "utf8" or "unicode-1-1-utf-8" or "x-unicode-2-0-utf-8" or "utf-8mb4" or "utf8mb4" or "cp65001" or "x-utf-8":
                return 65001;
            case "utf-7" or "utf7" or "unicode-1-1-utf-7" or "csunicode11utf7" or "x-unicode-2-0-utf-7":
                return 65000;
            case "us-ascii" or "ascii" or "ansi-x3.4-1968" or "iso646-us" or "646" or "us" or "x-us-ascii" or "7bit":
                return 20127;
            case "iso-8859-1" or "iso8859-1" or "iso88591" or "8859-1" or "latin1" or "latin-1" or "l1" or "cp819" or "iso-8859-1-windows-3.1-latin-1":
                return 28591;
            case "ansi" or "x-ansi" or "iso-8859-1-windows":
                return 1252;
            case "gb2312" or "gb-2312-80" or "x-gbk" or "gbk" or "gb18030" or "cp936" or "936" or "euc-cn" or "x-euc-cn" or "csgb2312" or "chinese" or "gb2312-80" or "windows-936" or "gb-2312":
                // gb18030 is a superset of both others, and what is sent under their names often needs it.
                return 54936;
            case "hz-gb-2312" or "hz":
                return 52936;
            case "big5" or "big-5" or "cn-big5" or "x-x-big5" or "big5-hkscs" or "csbig5" or "cp950" or "x-big5":
                return 950;
            case "ks-c-5601-1987" or "ks-c-5601" or "ks-c-5601-1989" or "ksc5601" or "ksc-5601" or "euc-kr" or "korean" or "cp949" or "uhc" or "x-windows-949" or "windows-949" or "5601" or "ks-c5601":
                return 949;
            case "iso-2022-kr" or "csiso2022kr":
                return 50225;
            case "shift-jis" or "shiftjis" or "sjis" or "x-sjis" or "ms-kanji" or "cp932" or "windows-31j" or "cswindows31j" or "s-jis" or "windows-932":
                return 932;
            case "euc-jp" or "x-euc-jp" or "eucjp" or "x-euc" or "ujis":
                return 51932;
            case "iso-2022-jp" or "csiso2022jp" or "iso-2022-jp-1" or "iso-2022-jp-2" or "iso-2022-jp-3" or "iso2022jp" or "jis" or "x-jis" or "iso-2022-jp-ms" or "cp50221" or "cp50220":
                return 50220;
            case "koi8-r" or "koi8r" or "koi8" or "koi" or "cskoi8r":
                return 20866;
            case "koi8-u" or "koi8-ru" or "koi8u":
                return 21866;
            case "tis-620" or "tis620" or "iso-8859-11" or "cp874" or "windows-874" or "x-windows-874":
                return 874;
            case "iso-8859-16":
                return 28592;
            case "macintosh" or "mac" or "x-mac-roman" or "macroman" or "x-macroman" or "x-mac-us-ascii":
                return 10000;
            case "x-mac-cyrillic":
                return 10007;
            case "x-mac-ce" or "macce":
                return 10029;
            case "utf-16" or "utf16" or "ucs-2" or "unicode" or "utf-16le" or "iso-10646-ucs-2":
                return 1200;
            case "utf-16be":
                return 1201;
            case "utf-32" or "utf-32le":
                return 12000;
            default:
                return NumberedCodePage(name);
        }
    }

    // iso8859-15, iso-8859-8-i, windows1251, cp1251, cp-850, ibm437, x-cp1250, 1252
    private static int NumberedCodePage(ReadOnlySpan<char> name)
    {
        int digits = name.IndexOfAnyInRange('0', '9');
        if (digits < 0)
            return 0;
        var prefix = name[..digits].TrimEnd('-');
        var rest = name[digits..];

        if (prefix is "iso" or "" && rest.StartsWith("8859"))
        {
            rest = rest[4..].TrimStart('-');
            int end = rest.IndexOfAnyExceptInRange('0', '9');
            if (end >= 0)
                rest = rest[..end];
            return int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int part) && part is >= 1 and <= 15
                ? 28590 + part
                : 0;
        }

        if (!int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return 0;
        return prefix switch
        {
            "windows" or "win" or "cp" or "x-cp" or "ms" or "ibm" or "x-windows" or "cp-windows" or "" when number is >= 437 and <= 65001 => number,
            "latin" or "l" when number is >= 1 and <= 10 => number switch { <= 4 => 28590 + number, 5 => 28599, 9 => 28605, _ => 0 },
            _ => 0,
        };
    }
}
