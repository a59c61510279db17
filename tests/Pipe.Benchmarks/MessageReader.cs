namespace Pipe.Benchmarks;

/// <summary>Reads a message through the API that the help desk uses.</summary>
internal static class MessageReader
{
    public static long Read(Stream stream, MessageWork work, bool persistent = false)
    {
        try
        {
            using var message = MimeMessage.Load(ParserOptions.Default, stream, persistent);
            long sum = message.Headers.Count;
            if (work == MessageWork.ParseOnly)
                return sum;
            if (work == MessageWork.Everything)
                sum += ReadHeader(message);
            sum += (message.TextBody?.Length ?? 0) + (message.HtmlBody?.Length ?? 0);
            foreach (var attachment in message.Attachments)
            {
                if (attachment is MimePart { Content: { } content })
                {
                    using var bytes = new MemoryStream();
                    content.DecodeTo(bytes);
                    sum += bytes.Length;
                }
            }

            return sum;
        }
        catch (FormatException)
        {
            return 1;
        }
    }

    private static long ReadHeader(MimeMessage message)
    {
        long sum = (message.Subject?.Length ?? 0) + (message.Date.Ticks & 1) + message.From.Count + message.To.Count + message.Cc.Count
            + (message.MessageId?.Length ?? 0) + message.References.Count;
        foreach (var header in message.Headers)
            sum += header.Value.Length;
        return sum;
    }
}
