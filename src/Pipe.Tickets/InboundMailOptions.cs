namespace Pipe.Tickets;

/// <summary>The help desk's settings that decide how a message is read.</summary>
public sealed record InboundMailOptions
{
    /// <summary>Whether HTML is preferred over plain text (osTicket's <c>enable_richtext</c>).</summary>
    public bool RichText { get; init; } = true;

    /// <summary>The line above which a reply is new text, or <c>null</c> where quotations are kept.</summary>
    public string? ReplySeparator { get; init; } = "-- reply above this line --";
}
