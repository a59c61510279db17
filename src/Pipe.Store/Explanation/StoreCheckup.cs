namespace Pipe.Store.Explanation;

/// <summary>What a ticket store looks like from outside, after a row was written to it and undone.</summary>
public sealed record StoreCheckup
{
    /// <summary>The database's clock in UTC, or <c>null</c> where it is this machine's own.</summary>
    public DateTime? UtcNow { get; init; }

    /// <summary>The addresses of the help desk's mailboxes.</summary>
    public required IReadOnlyList<string> Mailboxes { get; init; }

    /// <summary>The number of tables that know no transactions.</summary>
    public long TablesWithoutTransactions { get; init; }
}
