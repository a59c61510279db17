namespace Pipe.Store;

/// <summary>One ticket with everything written on it.</summary>
/// <param name="Summary">Number, subject, owner, status.</param>
/// <param name="Due">When it is due, or <c>null</c>.</param>
/// <param name="Collaborators">The other people on the ticket.</param>
/// <param name="Thread">The entries, oldest first.</param>
public sealed record ArchivedTicket(
    TicketSummary Summary,
    DateTime? Due,
    IReadOnlyList<Correspondent> Collaborators,
    IReadOnlyList<ArchivedEntry> Thread);
