using System.Text;
using Pipe.Mime.IO;
using Pipe.Mime.Utils;

namespace Pipe.Mime.Text;

/// <summary>Turns the content of a text part into text.</summary>
internal static class TextDecoder
{
    private static readonly UTF32Encoding Utf32 = new();

    /// <summary>Reads the decoded bytes of a content, in a pooled buffer where they are not in memory already.</summary>
    public static string Read(IMimeContent content, Func<ReadOnlySpan<byte>, string> decode)
    {
        if (content is MimeContent known
            && content.Encoding is not (ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode)
            && known.TryGetMemory(out var bytes))
        {
            return decode(bytes);
        }

        using var buffer = new PooledBufferStream();
        content.DecodeTo(buffer);
        return decode(buffer.WrittenSpan);
    }

    /// <summary>Decodes text as declared, or as it looks where nothing true was declared.</summary>
    public static string Decode(Encoding? declared, ReadOnlySpan<byte> bytes, ParserOptions options, bool isHtml, out Encoding used)
    {
        if (declared is not null)
        {
            used = declared;
            return CharsetUtils.Decode(options, declared, bytes);
        }

        if (FromMark(ref bytes) is { } marked)
        {
            used = marked;
            return marked.GetString(bytes);
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            used = Encoding.UTF8;
            return Encoding.UTF8.GetString(bytes);
        }

        if (isHtml && HtmlCharset.Find(bytes) is { } meta)
        {
            used = meta;
            return CharsetUtils.Decode(options, meta, bytes);
        }

        used = CharsetUtils.Windows1252;
        return CharsetUtils.DecodeUnknown(options, bytes);
    }

    // A byte order mark tells more than any header.
    private static Encoding? FromMark(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
            return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            bytes = bytes[4..];
            return Utf32;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            bytes = bytes[2..];
            return Encoding.Unicode;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            bytes = bytes[2..];
            return Encoding.BigEndianUnicode;
        }

        return null;
    }
}
