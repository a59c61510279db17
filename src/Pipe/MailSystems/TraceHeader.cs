using System.Buffers;
using System.Text;

namespace Pipe.MailSystems;

/// <summary>What delivering and receiving mail systems have written on top of a message.</summary>
internal sealed record TraceHeader
{
    // Trace fields are on top; a header block that is longer than this says nothing more about our own mail system.
    private const int MaxBytes = 64 * 1024;

    private static readonly SearchValues<char> EndOfAtom = SearchValues.Create(" \t\r\n;(");

    /// <summary>The first Return-Path (RFC 5321 section 4.4), or <c>null</c>.</summary>
    public string? ReturnPath { get; private init; }

    /// <summary>The first Delivered-To, or <c>null</c>.</summary>
    public string? DeliveredTo { get; private init; }

    /// <summary>The first X-Original-To, Envelope-To or X-Envelope-To, or <c>null</c>.</summary>
    public string? OriginalTo { get; private init; }

    /// <summary>The topmost Received, which the MTA that hands us the message has written; or <c>null</c>.</summary>
    public string? Received { get; private init; }

    /// <summary>The first Message-ID, or <c>null</c>.</summary>
    public string? MessageId { get; private init; }

    /// <summary>The queue id in <see cref="Received"/>, or <c>null</c>.</summary>
    public string? QueueId => Received is null ? null : QueueIdOf(Received);

    /// <summary>Reads the header block, up to 64 KiB of it. Nothing in it is an error.</summary>
    public static TraceHeader Read(Stream content)
    {
        byte[] buffer = new byte[(int)Math.Min(MaxBytes, content.Length - content.Position)];
        int count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var rest = buffer.AsSpan(0, count);
        if (rest.StartsWith(Encoding.UTF8.Preamble))
            rest = rest[Encoding.UTF8.Preamble.Length..];

        string? returnPath = null, deliveredTo = null, originalTo = null, received = null, messageId = null;
        while (NextField(ref rest) is { IsEmpty: false } field)
        {
            int colon = field.IndexOf((byte)':');
            if (colon <= 0)
                continue;

            var name = field[..colon].TrimEnd(" \t"u8);
            if (Is(name, "Return-Path"u8))
                returnPath ??= Value(field, colon);
            else if (Is(name, "Delivered-To"u8))
                deliveredTo ??= Value(field, colon);
            else if (Is(name, "X-Original-To"u8) || Is(name, "Envelope-To"u8) || Is(name, "X-Envelope-To"u8))
                originalTo ??= Value(field, colon);
            else if (Is(name, "Received"u8))
                received ??= Value(field, colon);
            else if (Is(name, "Message-ID"u8))
                messageId ??= Value(field, colon);
        }

        return new TraceHeader
        {
            ReturnPath = returnPath,
            DeliveredTo = deliveredTo,
            OriginalTo = originalTo,
            Received = received,
            MessageId = messageId,
        };
    }

    private static Span<byte> NextField(ref Span<byte> rest)
    {
        int length = 0;
        while (length < rest.Length)
        {
            int lineFeed = rest[length..].IndexOf((byte)'\n');
            if (length == 0 && lineFeed >= 0 && rest[..lineFeed].TrimEnd((byte)'\r').IsEmpty)
                return default;

            length = lineFeed < 0 ? rest.Length : length + lineFeed + 1;
            if (length == rest.Length || rest[length] is not ((byte)' ' or (byte)'\t'))
                break;
        }

        var field = rest[..length];
        rest = rest[length..];
        return field;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);

    private static string Value(Span<byte> field, int colon) => Encoding.UTF8.GetString(field[(colon + 1)..]).Trim();

    // RFC 5321 section 4.4: the clause "id" and an atom or msg-id, before the semicolon and outside of comments.
    private static string? QueueIdOf(string received)
    {
        int depth = 0;
        for (int i = 0; i < received.Length; i++)
        {
            char c = received[i];
            depth += c switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
            if (depth > 0 || !char.IsWhiteSpace(c))
                continue;

            var after = received.AsSpan(i).TrimStart();
            if (after.Length > 3 && after.StartsWith("id", StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(after[2]))
            {
                after = after[3..].TrimStart();
                int end = after.IndexOfAny(EndOfAtom);
                return (end < 0 ? after : after[..end]).ToString();
            }
        }

        return null;
    }
}
