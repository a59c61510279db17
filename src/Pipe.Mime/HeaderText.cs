using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Unstructured header text (RFC 5322 section 2.2.1).</summary>
internal static class HeaderText
{
    /// <summary>Decodes and unfolds a value.</summary>
    public static string Decode(ParserOptions options, ReadOnlySpan<byte> raw) =>
        Unfold(Rfc2047.DecodeText(options, raw));

    /// <summary>Removes the line breaks; the white space after them stays.</summary>
    public static string Unfold(string? text)
    {
        if (text is null)
            return "";
        int start = 0;
        int end = text.Length;
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        var span = text.AsSpan(start, end - start);
        if (span.IndexOfAny('\r', '\n') < 0)
            return span.Length == text.Length ? text : span.ToString();

        var builder = new StringBuilder(span.Length);
        foreach (char c in span)
        {
            if (c is not ('\r' or '\n'))
                _ = builder.Append(c);
        }

        return builder.ToString();
    }
}
