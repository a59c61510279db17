using System.Buffers;
using Org.BouncyCastle.Crypto.Digests;

namespace Pipe.Tickets.Identity;

/// <summary>
/// The SHA-256 of a message without what mail systems add to it on the last step, so that it comes out the same on whichever
/// way and however often the message is handed over.
/// </summary>
/// <remarks>
/// Left out are the mbox separator line, a leading byte-order mark, the trace fields that delivery agents put on top
/// (<c>Return-Path</c>, <c>Delivered-To</c>, <c>X-Original-To</c>, <c>Envelope-To</c> and the like, and the <c>Received</c> of
/// fetchmail and getmail), and line ends at the end of the message. CR LF counts as LF. The other <c>Received</c> fields
/// stay in: they tell apart two equal reports that a machine without clock and Message-ID sent at two times.
/// </remarks>
public static class ContentHash
{
    private const int BufferBytes = 32 * 1024;
    private static readonly byte[] LineFeeds = CreateLineFeeds();

    /// <summary>Computes the hash of all bytes of the message, beyond its size limit too.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The temporary file that holds a large message cannot be read.</exception>
    public static string Compute(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var stream = message.OpenWhole();
        stream.Position = message.ContentOffset;
        return Compute(stream);
    }

    /// <summary>Computes the hash of a message from the stream's position to its end; memory is bounded.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static string Compute(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var hash = new Sha256Digest();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int count = content.ReadAtLeast(buffer, BufferBytes, throwOnEndOfStream: false);
            int start = LeadingTrace.LengthOf(buffer.AsSpan(0, count));
            long pendingLineFeeds = 0;
            bool pendingReturn = false;

            while (count > 0)
            {
                Append(hash, buffer.AsSpan(start, count - start), ref pendingReturn, ref pendingLineFeeds);
                start = 0;
                count = content.Read(buffer, 0, BufferBytes);
            }

            if (pendingReturn)
                Flush(hash, ref pendingLineFeeds, "\r"u8);
            return Convert.ToHexStringLower(hash.Result());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Line ends are held back until something follows them: those at the end of the message do not count.
    private static void Append(Sha256Digest hash, ReadOnlySpan<byte> bytes, ref bool pendingReturn, ref long pendingLineFeeds)
    {
        while (!bytes.IsEmpty)
        {
            if (bytes[0] == '\n')
            {
                pendingReturn = false;
                pendingLineFeeds++;
                bytes = bytes[1..];
                continue;
            }

            if (pendingReturn)
            {
                Flush(hash, ref pendingLineFeeds, "\r"u8);
                pendingReturn = false;
            }

            if (bytes[0] == '\r')
            {
                pendingReturn = true;
                bytes = bytes[1..];
                continue;
            }

            int lineEnd = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            var text = lineEnd < 0 ? bytes : bytes[..lineEnd];
            Flush(hash, ref pendingLineFeeds, text);
            bytes = bytes[text.Length..];
        }
    }

    private static void Flush(Sha256Digest hash, ref long pendingLineFeeds, ReadOnlySpan<byte> text)
    {
        for (; pendingLineFeeds > 0; pendingLineFeeds -= Math.Min(pendingLineFeeds, LineFeeds.Length))
            hash.BlockUpdate(LineFeeds.AsSpan(0, (int)Math.Min(pendingLineFeeds, LineFeeds.Length)));
        hash.BlockUpdate(text);
    }

    private static byte[] CreateLineFeeds()
    {
        byte[] lineFeeds = new byte[256];
        Array.Fill(lineFeeds, (byte)'\n');
        return lineFeeds;
    }
}
