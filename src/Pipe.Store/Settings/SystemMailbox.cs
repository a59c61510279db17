using Pipe.Tickets.Routing;

namespace Pipe.Store.Settings;

/// <summary>A mailbox of the help desk with what its tickets start from; an id of 0 means that it does not say.</summary>
internal sealed record SystemMailbox(Mailbox Mailbox, int DeptId, int TopicId, int PriorityId);
