using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Writes the value of a field with parameters (RFC 2045 section 5.1, RFC 2231).</summary>
internal static class ParameterWriter
{
    private const int MaxPieceLength = 60;

    /// <summary>The raw value: a space, the value with its parameters, a line ending.</summary>
    public static string Write(FormatOptions options, string field, string value, ParameterList parameters)
    {
        var folder = new LineFolder(options, field.Length + 2);
        folder.Word(Clean(value));
        foreach (var parameter in parameters)
        {
            foreach (string piece in Encode(options, parameter))
            {
                folder.Attach(";");
                folder.Word(piece);
            }
        }

        return " " + folder + options.NewLine;
    }

    private static List<string> Encode(FormatOptions options, Parameter parameter)
    {
        string value = Clean(parameter.Value);
        // What looks like an encoded-word would be decoded by many readers.
        bool ascii = (Ascii.IsValid(value) || options.International) && !value.Contains("=?", StringComparison.Ordinal);
        if (ascii && value.Length <= MaxPieceLength)
            return [parameter.Name + "=" + Quote(options, parameter, value)];

        var method = parameter.EncodingMethod == ParameterEncodingMethod.Default
            ? options.ParameterEncodingMethod
            : parameter.EncodingMethod;
        if (!ascii && method == ParameterEncodingMethod.Rfc2047)
            return [parameter.Name + "=\"" + EncodedWordWriter.EncodeText(options, parameter.Encoding, value) + "\""];
        // A boundary or a charset in pieces is understood by few.
        if (ascii && !parameter.Name.Contains("name", StringComparison.OrdinalIgnoreCase))
            return [parameter.Name + "=" + Quote(options, parameter, value)];
        return ascii ? Plain(parameter.Name, value) : Extended(parameter.Name, value);
    }

    private static List<string> Plain(string name, string value)
    {
        var pieces = new List<string>();
        for (int start = 0; start < value.Length; start += MaxPieceLength)
        {
            string part = value.Substring(start, Math.Min(MaxPieceLength, value.Length - start));
            pieces.Add($"{name}*{pieces.Count}={MimeUtils.Quote(part)}");
        }

        return pieces;
    }

    private static List<string> Extended(string name, string value)
    {
        var pieces = new List<string>();
        var current = new StringBuilder("utf-8''");
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            int size = rune.EncodeToUtf8(bytes);
            bool plain = rune.IsAscii && IsAttributeChar((char)rune.Value);
            if (current.Length + (plain ? 1 : size * 3) > MaxPieceLength)
            {
                pieces.Add(current.ToString());
                _ = current.Clear();
            }

            if (plain)
            {
                _ = current.Append((char)rune.Value);
                continue;
            }

            foreach (byte b in bytes[..size])
                _ = current.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);
        }

        pieces.Add(current.ToString());
        if (pieces.Count == 1)
            return [name + "*=" + pieces[0]];
        for (int i = 0; i < pieces.Count; i++)
            pieces[i] = $"{name}*{i}*={pieces[i]}";
        return pieces;
    }

    private static bool IsAttributeChar(char c) => char.IsAsciiLetterOrDigit(c) || "!#$&+-.^_`{|}~".Contains(c, StringComparison.Ordinal);

    private static string Quote(FormatOptions options, Parameter parameter, string value)
    {
        bool token = value.Length > 0 && !options.AlwaysQuoteParameterValues && !parameter.AlwaysQuote;
        foreach (char c in value)
            token &= c is > ' ' and < (char)127 && !"()<>@,;:\\\"/[]?=".Contains(c, StringComparison.Ordinal);
        return token ? value : MimeUtils.Quote(value);
    }

    private static string Clean(string value) => value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
        ? value
        : value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ');
}
