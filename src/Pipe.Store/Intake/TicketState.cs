namespace Pipe.Store.Intake;

/// <summary>A ticket as far as intake looks at it, and as events record it.</summary>
internal sealed record TicketState
{
    public required long Id { get; init; }

    public required string Number { get; init; }

    public required long ThreadId { get; init; }

    public required long UserId { get; init; }

    public required int StatusId { get; init; }

    public required int DeptId { get; init; }

    public required int TopicId { get; init; }

    public required int SlaId { get; init; }

    public required int EmailId { get; init; }

    public int StaffId { get; init; }

    public int TeamId { get; init; }

    public bool IsOverdue { get; init; }

    public DateTime? DueDate { get; init; }
}
