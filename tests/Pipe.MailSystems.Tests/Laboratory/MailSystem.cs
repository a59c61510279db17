namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>A mail system in one of the ways it can be set up.</summary>
internal sealed record MailSystem
{
    /// <summary>Its name in the table.</summary>
    public required string Name { get; init; }

    /// <summary>The package tree, or <c>null</c> where nothing is needed.</summary>
    public required string? Tree { get; init; }

    /// <summary>The script that runs it.</summary>
    public required string Script { get; init; }

    /// <summary>A word for the script's preparation.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The recipe that <c>pipe setup</c> prints for it; not needed with <see cref="Forwarder"/>.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>A forwarder to an osTicket installation that is taken over, as people have it; or <c>null</c>.</summary>
    public string? Forwarder { get; init; }

    /// <summary>The account that the executable runs as.</summary>
    public required string Account { get; init; }

    /// <summary>What the log calls it.</summary>
    public required string Caller { get; init; }

    /// <summary>The character before an address extension, or <c>null</c> where it has none.</summary>
    public char? Delimiter { get; init; } = '+';

    /// <summary>The hostile messages that the mail system itself takes and then returns, before anybody else sees them.</summary>
    public IReadOnlyList<string> ReturnsItself { get; init; } = [];

    /// <summary>Settings beyond those that every laboratory has.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the envelope tells what the address extension was.</summary>
    public bool TellsRecipient { get; init; } = true;
}
