using System.Diagnostics;
using System.Globalization;

namespace Pipe.Commands;

/// <summary>A line at a terminal that shows how far something is. Where standard error is no terminal, nothing is shown.</summary>
internal sealed class ProgressBar : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _terminal;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _drawn;
    private int _width;

    public ProgressBar(TextWriter? terminal) => _terminal = terminal;

    /// <summary>A bar on standard error, when a person is looking at it.</summary>
    public static ProgressBar OnStandardError() => new(Console.IsErrorRedirected ? null : Console.Error);

    /// <summary>Shows how far it is; at most ten times a second, and at the end.</summary>
    public void Show(long position, long total, string text)
    {
        if (_terminal is null || (position < total && _drawn != 0 && Stopwatch.GetElapsedTime(_drawn) < Interval))
            return;

        _drawn = Stopwatch.GetTimestamp();
        Draw(Line(position, total, text, Stopwatch.GetElapsedTime(_started)));
    }

    /// <summary>Takes the line away, so that something else can be printed.</summary>
    public void Clear() => Draw("");

    /// <inheritdoc/>
    public void Dispose() => Clear();

    /// <summary>The line: a bar, how much of the whole, what was done, and how long it will take.</summary>
    internal static string Line(long position, long total, string text, TimeSpan elapsed)
    {
        double share = total <= 0 ? 1 : Math.Clamp((double)position / total, 0, 1);
        int filled = (int)(share * BarWidth);
        string left = share is > 0 and < 1 && elapsed > TimeSpan.FromSeconds(2)
            ? string.Create(CultureInfo.InvariantCulture, $"  {elapsed * ((1 - share) / share):h\\:mm\\:ss} left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {share * 100,3:0} %  {text}{left}");
    }

    private void Draw(string line)
    {
        if (_terminal is null || (line.Length == 0 && _width == 0))
            return;

        // A line that is shorter than the one before does not cover it.
        _terminal.Write('\r' + line.PadRight(_width) + (line.Length == 0 ? "\r" : ""));
        _terminal.Flush();
        _width = line.Length;
    }
}
