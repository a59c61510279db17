using Pipe.Store.People;
using Pipe.Store.Settings;

namespace Pipe.Store.Intake;

/// <summary>What the ticket filters made of a message. An id of 0 means that no filter said anything.</summary>
internal sealed record FilterOutcome
{
    /// <summary>Whose ticket it is to be: the sender, or the Reply-To mailbox where a filter took it over.</summary>
    public required Correspondent Owner { get; init; }

    /// <summary>The user that <see cref="Owner"/> is, or <c>null</c> for somebody new.</summary>
    public required KnownUser? User { get; init; }

    /// <summary>The name of the filter that turns the message away, or <c>null</c>.</summary>
    public string? RejectedBy { get; init; }

    public int DeptId { get; init; }

    public int TopicId { get; init; }

    public int PriorityId { get; init; }

    public int SlaId { get; init; }

    public int StaffId { get; init; }

    public int TeamId { get; init; }

    public int StatusId { get; init; }

    public int CannedId { get; init; }

    /// <summary>The filters that matched, in order.</summary>
    public IReadOnlyList<TicketFilter> Matched { get; init; } = [];
}
