namespace Pipe.Remote;

/// <summary>Where osTicket's API is and how to talk to it.</summary>
public sealed record TicketsEmailApiOptions
{
    /// <summary>The address of the resource, such as <c>https://desk.example.test/api/tickets.email</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key. It is sent to the server and to nobody else.</summary>
    public required string Key { get; init; }

    /// <summary>A file of certificates (PEM) that vouch for the server instead of the system's, or <c>null</c>.</summary>
    public string? CaFile { get; init; }

    /// <summary>How long connecting may take, TLS included. 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole request may take; the server sends its own mail before it answers. 100 seconds by default.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);
}
