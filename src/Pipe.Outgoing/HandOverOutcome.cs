namespace Pipe.Outgoing;

/// <summary>How an attempt to hand a mail over ended.</summary>
public enum HandOverOutcome
{
    /// <summary>The mail system has it.</summary>
    Sent,

    /// <summary>The mail system does not have it; a later run tries again.</summary>
    Failed,

    /// <summary>The mail system does not have it and never will: it was tried often enough.</summary>
    GivenUp,

    /// <summary>Nobody knows whether the mail system has it. It is not tried again, for nothing is sent twice.</summary>
    Uncertain,

    /// <summary>Not sent: its recipient has had too many mails of this kind within the hour.</summary>
    Suppressed,
}
