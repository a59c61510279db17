namespace Pipe.MySql.Tests;

/// <summary>What a <see cref="FaultProxy"/> does.</summary>
internal sealed record FaultPlan
{
    /// <summary>Both connections end after so many bytes of the server.</summary>
    public long CutFromServerAt { get; init; } = long.MaxValue;

    /// <summary>Both connections end after so many bytes of the client.</summary>
    public long CutFromClientAt { get; init; } = long.MaxValue;

    /// <summary>From here on the server's bytes are random.</summary>
    public long GarbageFromServerAt { get; init; } = long.MaxValue;

    /// <summary>One byte at a time.</summary>
    public bool IsDribble { get; init; }

    /// <summary>A pause before each piece.</summary>
    public TimeSpan Delay { get; init; }
}
