using Pipe.Tickets.Routing;

namespace Pipe.Tickets.Notifications;

/// <summary>A mailbox of the help desk, as far as outgoing mail is concerned.</summary>
/// <param name="Mailbox">Address and name.</param>
/// <param name="ForbidsAutoresponse">Whether mail to it is not answered automatically.</param>
public sealed record SystemMailboxProfile(Mailbox Mailbox, bool ForbidsAutoresponse);
