namespace Pipe.Spool;

/// <summary>What an attempt to deliver from the spool meant for the message.</summary>
public enum SpoolFate
{
    /// <summary>It is where it belongs, or a rule decided that it is not wanted; it has left the spool.</summary>
    Delivered,

    /// <summary>It stays and is tried again later.</summary>
    Waiting,

    /// <summary>It failed for its own sake for the last time and is in the quarantine now.</summary>
    Quarantined,
}
