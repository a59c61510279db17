namespace Pipe.Spool;

/// <summary>What a run through the spool did.</summary>
public sealed record SpoolRun
{
    /// <summary>The messages that have left the spool for their destination.</summary>
    public int Delivered { get; internal set; }

    /// <summary>The messages that were tried and stay.</summary>
    public int Waiting { get; internal set; }

    /// <summary>The messages that went to the quarantine.</summary>
    public int Quarantined { get; internal set; }

    /// <summary>Whether other processes were at it, so that nothing was tried here.</summary>
    public bool Busy { get; internal set; }

    /// <summary>Why the run ended before its end: the destination takes nothing at the moment. <c>null</c> otherwise.</summary>
    public DeliveryResult.Deferred? Stopped { get; internal set; }
}
