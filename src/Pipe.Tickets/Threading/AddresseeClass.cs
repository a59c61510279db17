namespace Pipe.Tickets.Threading;

/// <summary>To whom the help desk sent the mail whose Message-ID is answered.</summary>
public enum AddresseeClass
{
    /// <summary>Somebody else (letter "?", or a letter of a later version).</summary>
    Other,

    /// <summary>The owner of the ticket (letter U).</summary>
    Owner,

    /// <summary>A collaborator (letter C).</summary>
    Collaborator,

    /// <summary>An agent (letter S).</summary>
    Agent,

    /// <summary>Several recipients at once (letter M).</summary>
    Several,
}
