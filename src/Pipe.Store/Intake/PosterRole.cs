namespace Pipe.Store.Intake;

/// <summary>As whom a message is posted on a thread.</summary>
internal enum PosterRole
{
    /// <summary>The ticket's owner.</summary>
    Owner,

    /// <summary>Another user of the ticket.</summary>
    Collaborator,

    /// <summary>An agent, whose message is an internal note.</summary>
    Agent,

    /// <summary>Somebody with no part in the ticket.</summary>
    Stranger,
}
