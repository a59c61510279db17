namespace Pipe.Store.Explanation;

/// <summary>A ticket as it is, or as the message would make it.</summary>
public sealed record PlannedTicket
{
    /// <summary>The number; that of a new ticket may be another one when the message really comes.</summary>
    public required string Number { get; init; }

    /// <summary>The owner's address.</summary>
    public required string Owner { get; init; }

    /// <summary>The name of the department.</summary>
    public required string Department { get; init; }

    /// <summary>The name of the help topic, or empty.</summary>
    public required string Topic { get; init; }

    /// <summary>The name of the status.</summary>
    public required string Status { get; init; }

    /// <summary>The name of the priority, or empty.</summary>
    public required string Priority { get; init; }

    /// <summary>The addresses of the collaborators.</summary>
    public required IReadOnlyList<string> Collaborators { get; init; }
}
