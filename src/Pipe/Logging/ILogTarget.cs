using Serilog.Events;

namespace Pipe.Logging;

/// <summary>A place that takes log lines.</summary>
internal interface ILogTarget
{
    /// <summary>Writes one line; <c>false</c> when that did not succeed. Never throws, never waits long.</summary>
    /// <param name="level">How important the line is.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="line">The line, without its end; free of control characters.</param>
    bool TryWrite(LogEventLevel level, DateTimeOffset time, string line);
}
