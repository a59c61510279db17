using System.Globalization;
using System.Text;

namespace Pipe.Remote;

/// <summary>What is posted of a message that is larger than allowed: its header, and its text with a remark that it was cut.</summary>
/// <remarks>Its bytes up to the limit would not do: a file that ends in its middle looks whole in the ticket.</remarks>
internal static class CutMessage
{
    private const int MaxBytesInMemory = 16 * 1024 * 1024;

    /// <summary>Makes the message that is posted instead.</summary>
    /// <param name="message">The message that is larger than allowed.</param>
    /// <param name="trace">Gets a warning.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The temporary file that holds the message cannot be read.</exception>
    public static async Task<RawMessage> CreateAsync(RawMessage message, DeliveryTrace trace, CancellationToken cancellationToken)
    {
        // The help desk strips quotations itself, as far as it is set to.
        var mail = InboundMailReader.Read(message, new InboundMailOptions { RichText = false, ReplySeparator = null }, trace, cancellationToken);
        string text = mail.Body.Content;

        // Where it could not be parsed there is no text to cut.
        if (mail.Attachments.Count > 0)
            text += string.Create(CultureInfo.InvariantCulture, $"\n\n[It has {message.Length} bytes, and {message.MaxBytes} are allowed here. The whole message is kept in the quarantine folder.]");
        trace.Attachments = 0;

        var cut = new StringBuilder();
        if (mail.MessageIdIsDerived)
            cut.Append(CultureInfo.InvariantCulture, $"Message-ID: {DerivedMessageId.Of(message)}\r\n");
        AppendHeader(cut, mail.Header);
        cut.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        cut.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(cut.ToString()));
        return await RawMessage.ReadAsync(bytes, new RawMessageOptions { MaxBytesInMemory = MaxBytesInMemory }, cancellationToken).ConfigureAwait(false);
    }

    // All fields but those that describe the old body.
    private static void AppendHeader(StringBuilder cut, string header)
    {
        bool isKept = false;
        foreach (var line in header.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
                continue;
            if (line[0] is not (' ' or '\t'))
                isKept = IsField(line) && !line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("MIME-Version", StringComparison.OrdinalIgnoreCase);
            if (isKept)
                cut.Append(line).Append("\r\n");
        }
    }

    // The mbox separator line is none.
    private static bool IsField(ReadOnlySpan<char> line) =>
        line.IndexOf(':') is var colon and > 0 && !line[..colon].TrimEnd(" \t").ContainsAny(' ', '\t');
}
