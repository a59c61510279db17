using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>The charsets that bodies and files name, under all the names that mailers give them.</summary>
internal static class Charsets
{
    static Charsets() => CodePages.Register();

    /// <summary>The text of a part.</summary>
    /// <param name="bytes">The decoded bytes.</param>
    /// <param name="charset">The charset parameter, or <c>null</c> when the part has none.</param>
    /// <remarks>What cannot be converted is dropped. Where the charset is missing or unknown: UTF-8 if it fits, else Windows-1252.</remarks>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (charset is null || Find(charset) is not { } encoding)
            return MailText.FromUnlabelled(bytes);

        if (encoding.CodePage == 1200 && bytes is [0xFE, 0xFF, ..])
            encoding = Lenient("utf-16be") ?? encoding;
        return encoding.GetString(bytes).TrimStart('\uFEFF');
    }

    /// <summary>The encoding of a name, which drops what it cannot convert; <c>null</c> when there is none.</summary>
    public static Encoding? Find(string charset)
    {
        string name = AsciiText.ToLower(charset.Trim().Trim('\'', '"').Trim());
        return name switch
        {
            "" => null,
            "utf-8" or "utf8" => Lenient("utf-8"),
            "default" or "x-user-defined" or "iso" or "us-ascii" or "ascii" or "iso-8859-1" or "iso8859-1" => Encoding.Latin1,
            "utf-7" or "unicode-1-1-utf-7" => Utf7.Encoding,
            _ => Lenient(Canonical(name)),
        };
    }

    private static string Canonical(string name)
    {
        if (name.StartsWith("ks_c_5601-1987", StringComparison.Ordinal))
            return "ks_c_5601-1987";
        if (name.StartsWith("gb2312", StringComparison.Ordinal))
            return "gb18030";
        if (TryCut(name, "windows", out string number) && IsNumber(number))
            return "windows-" + number;
        if (TryCut(name, "cp", out number) && IsNumber(number))
            return "windows-" + number;
        if (TryCut(name, "iso", out string rest) && rest.Length >= 2)
            return "iso-" + (rest.EndsWith("-i", StringComparison.Ordinal) ? rest[..^2] : rest);
        return name;
    }

    private static bool TryCut(string name, string prefix, out string rest)
    {
        bool cut = name.StartsWith(prefix, StringComparison.Ordinal);
        rest = cut ? name[prefix.Length..].TrimStart('-') : "";
        return cut;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static Encoding? Lenient(string name)
    {
        var dropping = new DecoderReplacementFallback("");
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, dropping);
        }
        catch (ArgumentException)
        {
            return name.StartsWith("windows-", StringComparison.Ordinal) ? Lenient("cp" + name["windows-".Length..]) : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
