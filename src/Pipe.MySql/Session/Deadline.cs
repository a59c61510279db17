namespace Pipe.MySql.Session;

/// <summary>The moment by which something has to be over.</summary>
internal readonly record struct Deadline
{
    private readonly long _at;

    private Deadline(long at) => _at = at;

    public static Deadline Never { get; } = new(long.MaxValue);

    public bool HasPassed => Environment.TickCount64 >= _at;

    /// <summary>The time left for a socket option: at least 1, and 0 for no limit.</summary>
    public int RemainingMilliseconds =>
        _at == long.MaxValue ? 0 : (int)Math.Clamp(_at - Environment.TickCount64, 1, int.MaxValue);

    /// <summary>The time left for a timer.</summary>
    public TimeSpan Remaining =>
        _at == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(RemainingMilliseconds);

    /// <param name="milliseconds">0 or less for no deadline.</param>
    public static Deadline In(long milliseconds) => milliseconds <= 0 ? Never : new(Environment.TickCount64 + milliseconds);

    /// <summary>A deadline that leaves as much time again for each of the other parts.</summary>
    public Deadline Part(int parts) => _at == long.MaxValue ? this : In(Math.Max(1, RemainingMilliseconds / parts));
}
