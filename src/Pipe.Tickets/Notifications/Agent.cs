namespace Pipe.Tickets.Notifications;

/// <summary>An agent of the help desk, as far as mail to him is concerned.</summary>
/// <param name="Id">The <c>staff_id</c>.</param>
/// <param name="FirstName">The first name; may be empty.</param>
/// <param name="LastName">The last name; may be empty.</param>
/// <param name="Address">The mail address; may be empty.</param>
/// <param name="IsAvailable">Active and not on vacation.</param>
public sealed record Agent(int Id, string FirstName, string LastName, string Address, bool IsAvailable)
{
    /// <summary>Whether the ticket's department is the agent's own.</summary>
    public bool IsPrimaryMember { get; init; }

    /// <summary>Whether the agent has access to the ticket's department besides, with alerts.</summary>
    public bool IsAlertedMember { get; init; }

    /// <summary>Whether the agent can open the ticket's department at all.</summary>
    public bool HasAccess { get; init; }

    /// <summary>First and last name.</summary>
    public string FullName => $"{FirstName} {LastName}".Trim();
}
