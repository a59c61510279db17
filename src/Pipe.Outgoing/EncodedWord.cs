using System.Text;

namespace Pipe.Outgoing;

/// <summary>Encoded-words (RFC 2047) for what MimeKit writes as it is.</summary>
internal static class EncodedWord
{
    // In base64, with "=?utf-8?b?" and "?=", less than the 75 characters of section 2.
    private const int MaxBytes = 45;

    /// <summary>The text, encoded if a reader would take a part of it for an encoded-word.</summary>
    public static string Protect(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
            return text;

        var words = new List<string>();
        Span<byte> word = stackalloc byte[MaxBytes];
        int length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > MaxBytes)
                End(word);
            length += (Rune.IsControl(rune) ? new Rune(' ') : rune).EncodeToUtf8(word[length..]);
        }

        End(word);
        return string.Join(' ', words);

        void End(ReadOnlySpan<byte> bytes)
        {
            words.Add($"=?utf-8?b?{Convert.ToBase64String(bytes[..length])}?=");
            length = 0;
        }
    }
}
