namespace Pipe.Tickets;

/// <summary>A file that the message carries. Its content is decoded on demand and never held in memory as a whole.</summary>
public abstract class InboundAttachment
{
    /// <summary>The decoded file name; may hold anything, so it is for display only and never a path.</summary>
    public required string Name { get; init; }

    /// <summary>The media type in lower case, such as "image/png"; "application/octet-stream" when none is given.</summary>
    public required string MediaType { get; init; }

    /// <summary>The Content-ID without angle brackets (RFC 2392), or <c>null</c>.</summary>
    public string? ContentId { get; init; }

    /// <summary>Whether this is the message itself with all that mail systems have put before it.</summary>
    public virtual bool IsWholeMessage => false;

    /// <summary>Writes the decoded content; may be called more than once, and writes the same bytes each time.</summary>
    public abstract void CopyTo(Stream destination, CancellationToken cancellationToken = default);
}
