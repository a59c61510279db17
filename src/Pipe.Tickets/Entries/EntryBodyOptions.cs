namespace Pipe.Tickets.Entries;

/// <summary>The help desk's settings, and the circumstances, that decide how a body is stored.</summary>
public sealed record EntryBodyOptions
{
    /// <summary>The hosts that an iframe may show (osTicket's <c>embedded_domain_whitelist</c>), without "www.".</summary>
    public IReadOnlyList<string> IframeHosts { get; init; } =
        ["youtube.com", "dailymotion.com", "vimeo.com", "player.vimeo.com", "web.microsoftstream.com"];

    /// <summary>
    /// The address of the help desk (osTicket's <c>helpdesk_url</c>). Images of its own download page become references to the
    /// file again. <c>null</c> when it is not known.
    /// </summary>
    public string? HelpDeskUrl { get; init; }

    /// <summary>Who writes, where the entry has to say so because nobody on the ticket did; else <c>null</c>.</summary>
    public Correspondent? Stranger { get; init; }
}
