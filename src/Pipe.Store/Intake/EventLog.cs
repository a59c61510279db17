namespace Pipe.Store.Intake;

/// <summary>Writes the history of tickets.</summary>
internal sealed class EventLog(IntakeContext context)
{
    public const string SystemName = "SYSTEM";
    public const string FilterName = "Ticket Filter";

    private const string InsertSql = """
        INSERT INTO $thread_event (thread_id, thread_type, event_id, staff_id, team_id, dept_id, topic_id, data, username, uid, uid_type, annulled, timestamp)
        VALUES (@thread, 'T', @event, @staff, @team, @dept, @topic, @data, @username, @uid, @uidType, 0, @now)
        """;

    private const string AnnulSql = """
        UPDATE $thread_event SET annulled = 1 WHERE thread_id = @thread AND event_id = @event AND annulled = 0
        """;

    /// <summary>Writes an event.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="ticket">The ticket at this moment.</param>
    /// <param name="data">What happened (JSON), or <c>null</c>.</param>
    /// <param name="userName">Who is shown as the doer.</param>
    /// <param name="userId">The user who did it, or <c>null</c> for nobody.</param>
    public void Write(string name, TicketState ticket, string? data = null, string userName = SystemName, long? userId = null) =>
        context.Session.Execute(
            InsertSql,
            ("thread", ticket.ThreadId),
            ("event", context.Settings.EventId(name)),
            ("staff", ticket.StaffId),
            ("team", ticket.TeamId),
            ("dept", ticket.DeptId),
            ("topic", ticket.TopicId),
            ("data", data),
            ("username", userName),
            ("uid", userId),
            ("uidType", userId is null ? "S" : "U"),
            ("now", context.Clock.Timestamp));

    /// <summary>Marks earlier events of this name as no longer true.</summary>
    public void Annul(string name, long threadId) =>
        context.Session.Execute(AnnulSql, ("thread", threadId), ("event", context.Settings.EventId(name)));
}
