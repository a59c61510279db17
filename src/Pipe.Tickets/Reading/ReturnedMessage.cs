using MimeKit;
using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Reading;

/// <summary>The message that a delivery report gives back (RFC 6522).</summary>
internal static class ReturnedMessage
{
    /// <summary>The msg-id that the help desk hid in it, if it wrote it; without angle brackets.</summary>
    /// <remarks>
    /// Real osTicket takes the text of the returned message for part of the report's, and so finds this id and puts the report on the
    /// ticket. Many mail systems (Postfix) write no References into a report.
    /// </remarks>
    /// <param name="entity">The message, or a part of it.</param>
    /// <param name="maxTextBytes">As much as is read of each text.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static string? FindReference(MimeEntity? entity, int maxTextBytes, CancellationToken cancellationToken)
    {
        switch (entity)
        {
            case Multipart multipart:
                foreach (var child in multipart)
                {
                    if (FindReference(child, maxTextBytes, cancellationToken) is { } found)
                        return found;
                }

                return null;
            case TextPart text:
                var bytes = PartContent.ReadStart(text, maxTextBytes, out _, cancellationToken);
                return ThreadReferences.BodyToken(System.Text.Encoding.Latin1.GetString(bytes).TrimEnd());
            default:
                return null;
        }
    }
}
