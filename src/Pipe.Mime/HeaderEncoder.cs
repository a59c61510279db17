using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime;

/// <summary>Writes header fields, folded and encoded (RFC 5322 section 2.2.3, RFC 2047).</summary>
internal static class HeaderEncoder
{
    public static void Write(FormatOptions options, Header header, Stream stream)
    {
        if (header.IsInvalid)
        {
            stream.Write(header.RawField);
            stream.Write(options.NewLineBytes);
            return;
        }

        stream.Write(header.RawField);
        stream.WriteByte((byte)':');
        WriteLines(options, header.GetRawValue(options), stream);
    }

    /// <summary>The raw value of a field whose value was set as text: a space, the folded text, a line ending.</summary>
    public static byte[] Encode(FormatOptions options, Header header, Encoding charset)
    {
        string value = header.Value;
        int column = header.Field.Length + 2;
        string folded = header.Id switch
        {
            HeaderId.From or HeaderId.Sender or HeaderId.ReplyTo or HeaderId.To or HeaderId.Cc or HeaderId.Bcc
                or HeaderId.ResentFrom or HeaderId.ResentSender or HeaderId.ResentReplyTo or HeaderId.ResentTo
                or HeaderId.ResentCc or HeaderId.ResentBcc or HeaderId.DispositionNotificationTo
                => AddressWriter.Encode(options, new InternetAddressList(AddressReader.Read(header.Options, Encoding.UTF8.GetBytes(value))), column),
            HeaderId.ContentType or HeaderId.ContentDisposition => value,
            _ => Fold(options, EncodedWordWriter.EncodeText(options, charset, value), column),
        };
        return Encoding.UTF8.GetBytes(" " + folded + options.NewLine);
    }

    public static string Fold(FormatOptions options, string text, int column)
    {
        if (column + text.Length <= options.MaxLineLength)
            return text;
        var folder = new LineFolder(options, column);
        folder.Words(text);
        return folder.ToString();
    }

    // The line endings of a field that was read become those that are asked for.
    private static void WriteLines(FormatOptions options, ReadOnlySpan<byte> value, Stream stream)
    {
        while (true)
        {
            int lineFeed = value.IndexOf((byte)'\n');
            var line = lineFeed < 0 ? value : value[..lineFeed];
            if (lineFeed >= 0 && !line.IsEmpty && line[^1] == '\r')
                line = line[..^1];
            stream.Write(line);
            stream.Write(options.NewLineBytes);
            if (lineFeed < 0 || lineFeed + 1 >= value.Length)
                return;
            value = value[(lineFeed + 1)..];
        }
    }
}
