namespace Pipe.Tickets.Notifications;

/// <summary>A team of agents.</summary>
/// <param name="Id">The <c>team_id</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="LeadId">The leading agent; 0 for none.</param>
/// <param name="IsEnabled">Whether it is in use.</param>
/// <param name="WantsAlerts">Whether its members are told of assignments.</param>
public sealed record Team(int Id, string Name, int LeadId, bool IsEnabled, bool WantsAlerts)
{
    /// <summary>The members whose membership has alerts on.</summary>
    public IList<int> AlertedMembers { get; } = [];
}
