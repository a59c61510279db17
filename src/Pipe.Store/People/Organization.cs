namespace Pipe.Store.People;

/// <summary>An organisation that users belong to.</summary>
internal sealed record Organization(int Id, string Name, int Status, string Manager, bool HasForm)
{
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
