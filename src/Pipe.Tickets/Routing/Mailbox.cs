namespace Pipe.Tickets.Routing;

/// <summary>A mail address of the help desk itself (a row of the table <c>email</c>).</summary>
/// <param name="Id">Its <c>email_id</c>.</param>
/// <param name="Address">The address as stored.</param>
/// <param name="Name">The name as stored; may be empty.</param>
public sealed record Mailbox(int Id, string Address, string Name);
