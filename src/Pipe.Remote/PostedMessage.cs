using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pipe.Remote;

/// <summary>The body of the request: the bytes as they came in, and the little that osTicket's parser needs beyond them.</summary>
/// <remarks>
/// The parser refuses a message with nothing after the blank line, and recognises a repetition only by the Message-ID. So a line end
/// is added at the end of the one, and an id that follows from the content at the beginning of the other.
/// </remarks>
internal sealed class PostedMessage : HttpContent
{
    private const int BufferBytes = 32 * 1024;

    private readonly RawMessage _message;
    private readonly byte[] _inserted;
    private readonly byte[] _appended;
    private readonly long _end;

    private PostedMessage(RawMessage message, string messageId, byte[] inserted, byte[] appended)
    {
        _message = message;
        _inserted = inserted;
        _appended = appended;
        _end = message.Length;
        MessageId = messageId;
        Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
    }

    /// <summary>The Message-ID that the help desk gets to see.</summary>
    public string MessageId { get; }

    /// <summary>Looks at the message and decides what has to be added.</summary>
    /// <exception cref="IOException">The temporary file that holds a large message cannot be read.</exception>
    public static PostedMessage Prepare(RawMessage message)
    {
        MessageScan scan;
        using (var content = message.OpenContent())
            scan = MessageScan.Read(content);

        string lineEnd = scan.UsesCrLf ? "\r\n" : "\n";
        string appended = scan.HasBody ? "" : lineEnd;
        if (!scan.HasBlankLine)
            appended = (scan.EndsWithLineEnd ? "" : lineEnd) + lineEnd + appended;

        string id = scan.MessageId ?? DerivedMessageId.Of(message);
        string inserted = scan.MessageId is null ? $"Message-ID: {id}{lineEnd}" : "";
        return new PostedMessage(message, id, Encoding.ASCII.GetBytes(inserted), Encoding.ASCII.GetBytes(appended));
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _end + _inserted.Length + _appended.Length;
        return true;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var source = _message.OpenWhole();
        byte[] buffer = new byte[BufferBytes];
        long position = 0;
        if (_inserted.Length > 0)
        {
            await CopyAsync(source, stream, buffer, _message.ContentOffset, cancellationToken).ConfigureAwait(false);
            position = _message.ContentOffset;
            await stream.WriteAsync(_inserted, cancellationToken).ConfigureAwait(false);
        }

        await CopyAsync(source, stream, buffer, _end - position, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_appended, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Stream source, Stream destination, byte[] buffer, long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            int read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, count));
            if (read == 0)
                throw new EndOfStreamException("the message is shorter than it was");
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            count -= read;
        }
    }
}
