using System.Text;

namespace Pipe.Tickets.Reading;

/// <summary>Makes the charsets of .NET's code pages known, each of which is built when a text in it is converted.</summary>
/// <remarks>
/// MimeKit asks for a dozen of them at the first use of any of its types, and takes those that are missing then for unknown. To
/// build them takes 15 % of the time of a delivery, and 3 MB.
/// </remarks>
internal sealed class CodePages : EncodingProvider
{
    private static readonly CodePages Instance = new();

    /// <summary>To be called before MimeKit is used; again does no harm.</summary>
    public static void Register() => Encoding.RegisterProvider(Instance);

    public override Encoding? GetEncoding(int codepage) => codepage switch
    {
        932 or 936 or 950 or 10000 or 10079 or 50220 or 51932 or 51936 or 51949 or 52936 or 54936 => new LateEncoding(codepage),
        _ => IsBuiltIn(codepage) ? null : CodePagesEncodingProvider.Instance.GetEncoding(codepage),
    };

    public override Encoding? GetEncoding(int codepage, EncoderFallback encoderFallback, DecoderFallback decoderFallback) =>
        IsBuiltIn(codepage) ? null : CodePagesEncodingProvider.Instance.GetEncoding(codepage, encoderFallback, decoderFallback);

    public override Encoding? GetEncoding(string name) =>
        IsBuiltIn(name) ? null : CodePagesEncodingProvider.Instance.GetEncoding(name);

    public override Encoding? GetEncoding(string name, EncoderFallback encoderFallback, DecoderFallback decoderFallback) =>
        IsBuiltIn(name) ? null : CodePagesEncodingProvider.Instance.GetEncoding(name, encoderFallback, decoderFallback);

    // UTF-16, UTF-32, US-ASCII, ISO-8859-1, UTF-8.
    private static bool IsBuiltIn(int codepage) => codepage is 1200 or 1201 or 12000 or 12001 or 20127 or 28591 or 65001;

    private static bool IsBuiltIn(string name) => name.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
        || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) || name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase);

    private sealed class LateEncoding(int codepage) : Encoding(codepage)
    {
        private Encoding? _encoding;

        public override string WebName => Real.WebName;

        private Encoding Real => _encoding ??= CodePagesEncodingProvider.Instance.GetEncoding(CodePage, EncoderFallback, DecoderFallback)!;

        public override Decoder GetDecoder() => Real.GetDecoder();

        public override Encoder GetEncoder() => Real.GetEncoder();

        public override int GetByteCount(char[] chars, int index, int count) => Real.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            Real.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => Real.GetCharCount(bytes, index, count);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            Real.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

        public override int GetMaxByteCount(int charCount) => Real.GetMaxByteCount(charCount);

        public override int GetMaxCharCount(int byteCount) => Real.GetMaxCharCount(byteCount);
    }
}
