namespace Pipe.Store.Intake;

/// <summary>Reads what threads belong to, and keeps it from changing while the message is written.</summary>
internal sealed class ThreadTargets(IntakeContext context)
{
    private const string FindSql = """
        SELECT th.id, th.object_type, t.ticket_id, t.number, t.user_id, t.status_id, t.dept_id, t.topic_id, t.sla_id, t.email_id, t.staff_id,
               t.team_id, t.isoverdue, CAST(t.duedate AS CHAR), t.ticket_pid
          FROM $thread th JOIN $ticket t ON t.ticket_id = th.object_id
         WHERE th.object_type IN ('T', 'C') AND th.
        """;

    private const string ByThreadSql = "id = @id";

    private const string ByTicketSql = "object_id = @id";

    private const string FindTaskSql = """
        SELECT th.id, k.id, k.number, k.dept_id, k.staff_id, k.team_id
          FROM $thread th JOIN $task k ON k.id = th.object_id WHERE th.object_type = 'A' AND th.id = @id
        """;

    private const int MaxMergeDepth = 10;

    /// <summary>The ticket or task of a thread, or <c>null</c> when it does not exist any more.</summary>
    /// <remarks>A ticket that was merged stands for the one it was merged into.</remarks>
    public ThreadTarget? Lock(long threadId)
    {
        if (FindTicket(ByThreadSql, threadId, out long parentId) is not { } target)
            return FindTask(threadId);
        for (int depth = 0; parentId != 0 && depth < MaxMergeDepth; depth++)
        {
            if (FindTicket(ByTicketSql, parentId, out parentId) is not { } parent)
                return null;
            target = parent with { ChildThreadId = threadId };
        }

        return target;
    }

    private ThreadTarget? FindTicket(string condition, long id, out long parentId)
    {
        parentId = 0;
        using var rows = context.Session.Query(FindSql + condition + context.Session.Dialect.ForUpdate, ("id", id));
        if (!rows.Read())
            return null;
        // Linked tickets have a parent too, but their threads are their own.
        if (rows.Text(1) == "C")
            parentId = rows.Long(14);
        var ticket = new TicketState
        {
            ThreadId = rows.Long(0),
            Id = rows.Long(2),
            Number = rows.Text(3),
            UserId = rows.Long(4),
            StatusId = rows.Int(5),
            DeptId = rows.Int(6),
            TopicId = rows.Int(7),
            SlaId = rows.Int(8),
            EmailId = rows.Int(9),
            StaffId = rows.Int(10),
            TeamId = rows.Int(11),
            IsOverdue = rows.IsOn(12),
            DueDate = DatabaseClock.FromColumn(rows.TextOrNull(13)),
        };
        return context.Settings.Status(ticket.StatusId) is { } status ? new ThreadTarget('T', ticket, status) : null;
    }

    private ThreadTarget? FindTask(long threadId)
    {
        using var rows = context.Session.Query(FindTaskSql, ("id", threadId));
        if (!rows.Read())
            return null;
        var task = new TicketState
        {
            ThreadId = rows.Long(0),
            Id = rows.Long(1),
            Number = rows.Text(2),
            DeptId = rows.Int(3),
            StaffId = rows.Int(4),
            TeamId = rows.Int(5),
            UserId = 0,
            StatusId = 0,
            TopicId = 0,
            SlaId = 0,
            EmailId = 0,
        };
        return new ThreadTarget('A', task, null);
    }
}
