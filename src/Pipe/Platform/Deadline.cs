using System.Diagnostics;

namespace Pipe.Platform;

/// <summary>The time that one delivery may take. Mail systems kill, and some of them bounce, what takes longer than theirs.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>How long work that was told to stop may still take, before the process ends all the same.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _source = new();
    private readonly ManualResetEvent _disposed = new(initialState: false);
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _limit;
    private readonly Action _overrun;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The time from now on.</param>
    /// <param name="overrun">Called on a thread of its own when the work has not stopped within <see cref="Grace"/> after that.</param>
    public Deadline(TimeSpan limit, Action overrun)
    {
        _limit = limit;
        _overrun = overrun;

        // A thread that sleeps is cheaper to start than a timer.
        new Thread(Watch, maxStackSize: 256 * 1024) { IsBackground = true, Name = "deadline" }.Start();
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_started) >= _limit;

    /// <summary>The time left in milliseconds, at least 0.</summary>
    public int RemainingMilliseconds() => (int)Math.Max(0, (_limit - Stopwatch.GetElapsedTime(_started)).TotalMilliseconds);

    /// <summary>
    /// Lets the kernel end the process with 75 (see <see cref="CrashGuard"/>) after this time, whatever it hangs in: a system
    /// call, the runtime, the log.
    /// </summary>
    public static void SetLastResort(TimeSpan limit) => _ = Libc.Alarm((uint)Math.Ceiling((limit + Grace + Grace).TotalSeconds));

    /// <inheritdoc/>
    public void Dispose() => _disposed.Set();

    private void Watch()
    {
        if (_disposed.WaitOne(_limit))
            return;
        _source.Cancel();
        if (!_disposed.WaitOne(Grace))
            _overrun();
    }
}
