using System.Buffers;
using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>The names of the content transfer encodings (RFC 2045 section 6.1).</summary>
internal static class TransferEncodingName
{
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n;(\""u8);

    public static ContentEncoding Read(ReadOnlySpan<byte> text)
    {
        int at = Cfws.Skip(text, 0);
        var rest = text[at..];
        if (!rest.IsEmpty && rest[0] == '"')
            rest = rest[1..];
        int end = rest.IndexOfAny(NameEnds);
        var name = end < 0 ? rest : rest[..end];
        return name.Length switch
        {
            4 when Is(name, "7bit"u8) => ContentEncoding.SevenBit,
            4 when Is(name, "8bit"u8) => ContentEncoding.EightBit,
            6 when Is(name, "base64"u8) => ContentEncoding.Base64,
            6 when Is(name, "binary"u8) => ContentEncoding.Binary,
            16 when Is(name, "quoted-printable"u8) => ContentEncoding.QuotedPrintable,
            8 when Is(name, "uuencode"u8) => ContentEncoding.UUEncode,
            10 when Is(name, "x-uuencode"u8) => ContentEncoding.UUEncode,
            4 when Is(name, "x-uu"u8) => ContentEncoding.UUEncode,
            5 when Is(name, "x-uue"u8) => ContentEncoding.UUEncode,
            _ => ContentEncoding.Default,
        };
    }

    public static string? Get(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.SevenBit => "7bit",
        ContentEncoding.EightBit => "8bit",
        ContentEncoding.Binary => "binary",
        ContentEncoding.Base64 => "base64",
        ContentEncoding.QuotedPrintable => "quoted-printable",
        ContentEncoding.UUEncode => "x-uuencode",
        _ => null,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(name, known);
}
