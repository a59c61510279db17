namespace Pipe.Spool;

/// <summary>How often and how fast messages in the spool are tried again.</summary>
public sealed record SpoolOptions
{
    /// <summary>After how many failures of its own a message goes to the quarantine. 5 by default.</summary>
    public int MaxFailures { get; init; } = 5;

    /// <summary>
    /// How many processes may deliver from the spool at the same time: a store that comes back meets these and not all. 2 by default.
    /// </summary>
    public int Slots { get; init; } = 2;

    /// <summary>The time between the first attempt and the second; it doubles with every further one. One minute by default.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two attempts. One hour by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The bounds under which a message is read back.</summary>
    public RawMessageOptions Message { get; init; } = new();
}
