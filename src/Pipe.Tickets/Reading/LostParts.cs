using System.Text;
using MimeKit;

namespace Pipe.Tickets.Reading;

/// <summary>The parts of a multipart whose boundary is missing or is not the one that its parts are divided by.</summary>
internal static class LostParts
{
    // RFC 2046 section 5.1.1: up to 70 characters, none of them blank in what programs make.
    private const int MaxBoundaryLength = 70;

    /// <summary>Takes the first line that looks like a delimiter, with a header field behind it, for one; <c>null</c> when there is none.</summary>
    /// <param name="multipart">A multipart in which no part was found.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="depth">How deep it lies.</param>
    /// <param name="options">The bounds.</param>
    public static MimeEntity? TryFind(Multipart multipart, string text, int depth, InboundMailOptions options)
    {
        if (depth >= options.MaxMimeDepth || FindBoundary(text) is not { } boundary)
            return null;

        string message = $"Content-Type: multipart/{multipart.ContentType.MediaSubtype}; boundary=\"{boundary}\"\n\n{text}";
        var guarded = ParserGuard.Guard(new MemoryStream(Encoding.UTF8.GetBytes(message)), options, out _);
        try
        {
            return MimeEntity.Load(guarded, persistent: true) is Multipart { Count: > 0 } found ? found : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? FindBoundary(string text)
    {
        for (int at = 0; at >= 0; at = NextLine(text, at))
        {
            if (!text.AsSpan(at).StartsWith("--"))
                continue;
            int end = text.IndexOf('\n', at);
            if (end < 0)
                return null;
            var boundary = text.AsSpan(at + 2, end - at - 2).TrimEnd();
            var next = text.AsSpan(end + 1);
            bool isPart = next.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || next.StartsWith("\n") || next.StartsWith("\r\n");
            if (isPart && boundary.Length is > 0 and <= MaxBoundaryLength && !boundary.ContainsAny(" \t\"\\"))
                return boundary.ToString();
        }

        return null;
    }

    // The next line that begins with dashes, or -1.
    private static int NextLine(string text, int from) => text.IndexOf("\n--", from, StringComparison.Ordinal) is >= 0 and var found ? found + 1 : -1;
}
