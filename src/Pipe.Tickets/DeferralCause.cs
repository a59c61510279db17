namespace Pipe.Tickets;

/// <summary>Why a message has to wait. The cause decides the exit code in the dialect of <c>pipe.php</c>; ours is 75 for all.</summary>
public enum DeferralCause
{
    /// <summary>The store, the API or the network did not do its part: down, locked, full, slow, any unexpected answer.</summary>
    Unavailable,

    /// <summary>The administrator has to mend something: configuration, credentials, address of the API, schema.</summary>
    Configuration,

    /// <summary>Nothing came on standard input, or only a beginning: the writer died, for an MTA never hands over an empty message.</summary>
    EmptyInput,

    /// <summary>The time for this delivery ran out.</summary>
    Deadline,

    /// <summary>This message cannot be stored as it is: an error of ours that nothing else names, or a row that the database refuses.</summary>
    Internal,
}
