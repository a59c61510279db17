namespace Pipe.Store.People;

/// <summary>An organisation that users belong to.</summary>
internal sealed record Organization(int Id, string Name, int Status, string Manager, bool HasForm)
{
    /// <summary>Takes an organisation from the columns id, name, status, manager, domain, and whether it has a form.</summary>
    public static Organization Read(SqlRows rows) => new(rows.Int(0), rows.Text(1), rows.Int(2), rows.Text(3), rows.IsOn(5));

    public bool SharesWithAllMembers => (Status & 1) != 0;

    public bool SharesWithPrimaryContacts => (Status & 2) != 0;

    public bool AssignsAccountManager => (Status & 4) != 0;

    /// <summary>The agent who manages the account; 0 for none.</summary>
    public int ManagingAgentId => ManagerId('s');

    /// <summary>The team that manages the account; 0 for none.</summary>
    public int ManagingTeamId => ManagerId('t');

    private int ManagerId(char kind) =>
        Manager.Length > 1 && Manager[0] == kind
        && int.TryParse(Manager.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out int id) ? id : 0;
}
