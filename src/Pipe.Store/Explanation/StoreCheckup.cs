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

    /// <summary>About how many tickets there are, where their numbers have no index; 0 where they have one.</summary>
    /// <remarks>A new ticket's number is compared with all others; osTicket itself makes no index for that.</remarks>
    public long TicketsWithoutNumberIndex { get; init; }

    /// <summary>The statement that gives the ticket numbers an index.</summary>
    public string NumberIndexSql { get; init; } = "";
}
