namespace Pipe.Store.Intake;

/// <summary>Finds the agents and teams that tickets can be given to.</summary>
internal sealed class Assignees(StoreSession session)
{
    private const string AgentSql = "SELECT firstname, lastname, isactive, onvacation FROM $staff WHERE staff_id = @id";

    private const string AgentByAddressSql = "SELECT staff_id, email FROM $staff WHERE email = @address ORDER BY staff_id";

    private const string TeamSql = "SELECT name, flags FROM $team WHERE team_id = @id";

    // Access: the primary department, further ones, and those the agent manages; each with all departments below it.
    private const string CanTakeBackSql = """
        SELECT 1 FROM $staff s WHERE s.staff_id = @agent AND s.isactive = 1 AND s.onvacation = 0 AND s.assigned_only = 0 AND (
          EXISTS (SELECT 1 FROM $department d WHERE d.id = @dept AND (d.id = s.dept_id OR d.manager_id = s.staff_id))
          OR EXISTS (SELECT 1 FROM $staff_dept_access a WHERE a.staff_id = s.staff_id AND a.dept_id = @dept)
          OR EXISTS (SELECT 1 FROM $department p WHERE @path LIKE @any AND INSTR(@path, p.path) = 1 AND p.path <> '/' AND p.path <> ''
                       AND (p.id = s.dept_id OR p.manager_id = s.staff_id
                            OR EXISTS (SELECT 1 FROM $staff_dept_access b WHERE b.staff_id = s.staff_id AND b.dept_id = p.id))))
        """;

    private const string LastRespondentSql = """
        SELECT staff_id FROM $thread_entry WHERE thread_id = @thread AND type = 'R' AND staff_id > 0 ORDER BY id DESC LIMIT 1
        """;

    private const int Enabled = 1;

    /// <summary>The id of the agent with this address; 0 for none.</summary>
    public long FindAgent(string address)
    {
        // Tables compare without regard to accents; "adà@" is somebody else.
        using var rows = session.Query(AgentByAddressSql, ("address", address));
        while (rows.Read())
        {
            if (string.Equals(rows.Text(1).TrimEnd(), address.TrimEnd(), StringComparison.OrdinalIgnoreCase))
                return rows.Long(0);
        }

        return 0;
    }

    /// <summary>The agent's full name, or <c>null</c> when there is no such agent.</summary>
    public string? AgentName(long id)
    {
        using var rows = session.Query(AgentSql, ("id", id));
        return rows.Read() ? $"{rows.Text(0)} {rows.Text(1)}".Trim() : null;
    }

    public string? TeamName(int id)
    {
        using var rows = session.Query(TeamSql, ("id", id));
        return rows.Read() ? rows.Text(0) : null;
    }

    /// <summary>Whether an agent takes tickets now.</summary>
    public bool IsAvailable(int agentId)
    {
        using var rows = session.Query(AgentSql, ("id", agentId));
        return rows.Read() && rows.IsOn(2) && !rows.IsOn(3);
    }

    public bool IsTeamEnabled(int teamId)
    {
        using var rows = session.Query(TeamSql, ("id", teamId));
        return rows.Read() && (rows.Int(1) & Enabled) != 0;
    }

    /// <summary>The agent to whom a reopened ticket goes back: its own, else whoever answered last; 0 when they cannot take it.</summary>
    public int ForReopened(TicketState ticket, string departmentPath)
    {
        int agent = ticket.StaffId != 0 ? ticket.StaffId : (int)ToLong(session.Scalar(LastRespondentSql, ("thread", ticket.ThreadId)));
        return agent != 0 && session.Scalar(
            CanTakeBackSql, ("agent", agent), ("dept", ticket.DeptId), ("path", departmentPath), ("any", "/%")) is not null ? agent : 0;
    }

    private static long ToLong(object? value) =>
        value is null ? 0 : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
}
