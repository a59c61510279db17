using System.Text;
using Pipe.Platform;
using Serilog.Events;

namespace Pipe.Logging;

/// <summary>Tells the person who asked for it; uses the standard error that the process was started with.</summary>
internal sealed unsafe class TerminalTarget : ILogTarget
{
    /// <inheritdoc/>
    public bool TryWrite(LogEventLevel level, DateTimeOffset time, string line)
    {
        WriteLine("pipe: " + (level >= LogEventLevel.Warning ? LevelName.Of(level) + ": " : "") + line);
        return true;
    }

    /// <summary>Writes one line; what cannot be written is left.</summary>
    public static void WriteLine(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* start = bytes)
            _ = Libc.Write(StandardStreams.OriginalError, start, bytes.Length);
    }
}
