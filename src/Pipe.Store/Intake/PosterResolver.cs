using Pipe.Store.People;
using Pipe.Tickets.Threading;

namespace Pipe.Store.Intake;

/// <summary>Decides as whom a message is posted: who the sender is, and to whom the answered mail was sent.</summary>
internal sealed class PosterResolver(IntakeContext context, UserDirectory users, Collaborators collaborators, Assignees assignees)
{
    private long? _senderAgentId;

    // Looked up when first asked for: most senders are the owner, and then nobody asks.
    private long SenderAgentId => _senderAgentId ??= context.Mail.Sender is { } sender ? assignees.FindAgent(sender.Address) : 0;

    /// <summary>The poster, or <c>null</c> when the message may not be posted on this thread.</summary>
    public Poster? Resolve(EntryReference reference, ThreadTarget target)
    {
        var sender = context.Mail.Sender is { } from ? users.Find(from.Address) : null;
        var addressee = reference.By == MatchedBy.SignedMessageId ? reference.Tag?.Class : null;
        long userId = reference.Tag is { Class: AddresseeClass.Owner or AddresseeClass.Collaborator } userTag ? sender?.Id ?? userTag.PersonId : 0;
        long staffId = reference.Tag is { Class: AddresseeClass.Agent } agentTag ? NonZero(SenderAgentId, agentTag.PersonId) : 0;
        if (target.Status is { IsReopenable: false } && staffId == 0)
            return null;

        var ticket = target.Ticket;
        if (!target.IsTask && sender is not null && sender.Id != ticket.UserId && sender.Id != ticket.StaffId && SenderAgentId == 0)
            return AsCollaborator(ticket, sender.Id, sender);
        return addressee switch
        {
            AddresseeClass.Collaborator => AsCollaborator(ticket, userId, null),
            AddresseeClass.Owner => new Poster(IsCollaborator(ticket, userId) ? PosterRole.Collaborator : PosterRole.Owner, userId, 0),
            AddresseeClass.Agent => new Poster(PosterRole.Agent, 0, staffId),
            _ => ByAddress(target, sender),
        };
    }

    private static Poster AsCollaborator(TicketState ticket, long userId, KnownUser? newcomer, bool isOnTicket) =>
        new(PosterRole.Collaborator, userId, 0, isOnTicket || userId == ticket.UserId ? null : newcomer);

    private Poster AsCollaborator(TicketState ticket, long userId, KnownUser? user) =>
        AsCollaborator(ticket, userId, user, user is not null && IsCollaborator(ticket, userId));

    private Poster? ByAddress(ThreadTarget target, KnownUser? sender)
    {
        bool isDefaultAddress = sender?.DefaultAddress is { } address
            && string.Equals(address.TrimEnd(), context.Mail.Sender?.Address.TrimEnd(), StringComparison.OrdinalIgnoreCase);
        if (sender is not null && sender.Id == target.Ticket.UserId && isDefaultAddress)
            return new Poster(PosterRole.Owner, sender.Id, 0);
        if (sender is not null && IsCollaborator(target.Ticket, sender.Id))
            return new Poster(PosterRole.Collaborator, sender.Id, 0);
        return context.Mail.Sender is { } from && context.Settings.FindMailbox(from.Address) is not null
            ? null
            : new Poster(PosterRole.Stranger, 0, 0);
    }

    private bool IsCollaborator(TicketState ticket, long userId) => userId != 0 && collaborators.Contains(ticket.ThreadId, userId);

    private static long NonZero(long preferred, long otherwise) => preferred != 0 ? preferred : otherwise;
}
