using System.Buffers;
using System.Text;

namespace Pipe.Remote;

/// <summary>What has to be known of a message before it is posted as it is.</summary>
/// <param name="MessageId">The Message-ID field's value, unfolded; <c>null</c> where there is none.</param>
/// <param name="UsesCrLf">Whether the first line ends with CR LF.</param>
/// <param name="HasBlankLine">Whether the header ends with a blank line.</param>
/// <param name="HasBody">Whether at least one byte follows the blank line.</param>
/// <param name="EndsWithLineEnd">Whether the last byte is a line feed.</param>
internal readonly record struct MessageScan(string? MessageId, bool UsesCrLf, bool HasBlankLine, bool HasBody, bool EndsWithLineEnd)
{
    private const int BufferBytes = 32 * 1024;

    // RFC 5322 section 2.1.1 allows 998 characters a line; longer ones are cut, for the value is only for the log.
    private const int MaxLineBytes = 1024;

    /// <summary>Reads a message to the end of its header and one byte further. Memory is bounded.</summary>
    public static MessageScan Read(Stream content)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            return Read(content, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static MessageScan Read(Stream content, byte[] buffer)
    {
        var line = new List<byte>(MaxLineBytes);
        var field = new MessageIdField();
        bool? usesCrLf = null;
        bool endsWithLineEnd = false;
        int count;
        while ((count = content.Read(buffer, 0, BufferBytes)) > 0)
        {
            for (int i = 0; i < count; i++)
            {
                endsWithLineEnd = buffer[i] == '\n';
                if (!endsWithLineEnd)
                {
                    if (line.Count < MaxLineBytes)
                        line.Add(buffer[i]);
                    continue;
                }

                bool endsWithCr = line.Count > 0 && line[^1] == '\r';
                usesCrLf ??= endsWithCr;
                if (line.Count == (endsWithCr ? 1 : 0))
                {
                    bool hasBody = i + 1 < count || content.Read(buffer, 0, 1) > 0;
                    return new MessageScan(field.Value, usesCrLf.Value, HasBlankLine: true, hasBody, EndsWithLineEnd: true);
                }

                field.TakeLine(Encoding.Latin1.GetString([.. line]));
                line.Clear();
            }
        }

        if (line.Count > 0)
            field.TakeLine(Encoding.Latin1.GetString([.. line]));
        return new MessageScan(field.Value, usesCrLf ?? false, HasBlankLine: false, HasBody: false, endsWithLineEnd);
    }
}
