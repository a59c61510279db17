using System.Text;

namespace Pipe.Mime.Utils;

/// <summary>Encoded-words in header text (RFC 2047).</summary>
public static class Rfc2047
{
    /// <summary>Decodes unstructured text.</summary>
    public static string DecodeText(byte[] text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DecodeText(ParserOptions.Default, text.AsSpan());
    }

    /// <summary>Decodes unstructured text.</summary>
    public static string DecodeText(ParserOptions options, byte[] text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DecodeText(options, text.AsSpan());
    }

    /// <summary>Decodes unstructured text.</summary>
    public static string DecodeText(ParserOptions options, byte[] text, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DecodeText(options, text.AsSpan(startIndex, count));
    }

    /// <summary>Decodes a phrase, such as a display name.</summary>
    public static string DecodePhrase(byte[] phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return DecodePhrase(ParserOptions.Default, phrase.AsSpan());
    }

    /// <summary>Decodes a phrase, such as a display name.</summary>
    public static string DecodePhrase(ParserOptions options, byte[] phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return DecodePhrase(options, phrase.AsSpan());
    }

    /// <summary>Decodes a phrase, such as a display name.</summary>
    public static string DecodePhrase(ParserOptions options, byte[] phrase, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return DecodePhrase(options, phrase.AsSpan(startIndex, count));
    }

    /// <summary>Encodes a phrase; the result is folded.</summary>
    public static byte[] EncodePhrase(Encoding charset, string phrase) =>
        EncodePhrase(FormatOptions.Default, charset, phrase);

    /// <summary>Encodes a phrase; the result is folded.</summary>
    public static byte[] EncodePhrase(FormatOptions options, Encoding charset, string phrase)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(charset);
        ArgumentNullException.ThrowIfNull(phrase);
        return Encoding.UTF8.GetBytes(EncodedWordWriter.EncodePhrase(options, charset, phrase));
    }

    /// <summary>Encodes unstructured text.</summary>
    public static byte[] EncodeText(Encoding charset, string text) => EncodeText(FormatOptions.Default, charset, text);

    /// <summary>Encodes unstructured text.</summary>
    public static byte[] EncodeText(FormatOptions options, Encoding charset, string text)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(charset);
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetBytes(EncodedWordWriter.EncodeText(options, charset, text));
    }

    internal static string DecodeText(ParserOptions options, ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("=?"u8) >= 0)
            return new EncodedWordReader(options, text).Read();
        return Ascii.IsValid(text) ? Encoding.ASCII.GetString(text) : CharsetUtils.DecodeUnknown(options, text);
    }

    internal static string DecodePhrase(ParserOptions options, ReadOnlySpan<byte> phrase) =>
        PhraseReader.Read(options, phrase);
}
