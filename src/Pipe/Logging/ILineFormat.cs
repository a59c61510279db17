using Serilog.Events;

namespace Pipe.Logging;

/// <summary>Makes one line of an event: without control characters, whatever the values hold.</summary>
internal interface ILineFormat
{
    /// <summary>The line, without its end.</summary>
    string Format(LogEvent logEvent);
}
