using Serilog.Core;
using Serilog.Events;

namespace Pipe.Logging;

/// <summary>Hands each event to the first target that takes it. When none does, the event is lost and the delivery goes on.</summary>
internal sealed class LogSink(ILineFormat format, IReadOnlyList<ILogTarget> targets) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        string line = format.Format(logEvent);
        foreach (var target in targets)
        {
            if (target.TryWrite(logEvent.Level, logEvent.Timestamp, line))
                return;
        }
    }
}
