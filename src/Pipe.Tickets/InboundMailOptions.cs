namespace Pipe.Tickets;

/// <summary>The help desk's settings that decide how a message is read, and the bounds on what is taken from it.</summary>
public sealed record InboundMailOptions
{
    /// <summary>Whether HTML is preferred over plain text (osTicket's <c>enable_richtext</c>).</summary>
    public bool RichText { get; init; } = true;

    /// <summary>The line above which a reply is new text, or <c>null</c> where quotations are kept.</summary>
    public string? ReplySeparator { get; init; } = "-- reply above this line --";

    /// <summary>
    /// The size in bytes above which a text is cut. The whole of it is then attached as a file. 1 MiB by default.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>How many files are taken out of one message. With more, the message itself is attached instead of the rest.</summary>
    public int MaxAttachments { get; init; } = 1000;

    /// <summary>How deep multiparts and messages may be nested; what lies deeper stays opaque.</summary>
    public int MaxMimeDepth { get; init; } = 100;
}
