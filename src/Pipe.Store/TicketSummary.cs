namespace Pipe.Store;

/// <summary>One ticket as a line of a list.</summary>
/// <param name="Number">The number users see.</param>
/// <param name="Subject">The subject; empty when there is none.</param>
/// <param name="Owner">Who opened it.</param>
/// <param name="Status">The name of its status, such as "Open".</param>
/// <param name="Department">The name of its department.</param>
/// <param name="Priority">The name of its priority; empty when there is none.</param>
/// <param name="Created">When it was opened, by the database's clock.</param>
/// <param name="LastUpdate">When something was last added, by the database's clock.</param>
/// <param name="Entries">The number of thread entries.</param>
/// <param name="Attachments">The number of files attached to them.</param>
public sealed record TicketSummary(
    string Number,
    string Subject,
    Correspondent Owner,
    string Status,
    string Department,
    string Priority,
    DateTime Created,
    DateTime? LastUpdate,
    int Entries,
    int Attachments);
