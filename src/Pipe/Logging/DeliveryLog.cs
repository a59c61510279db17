using Pipe.Configuration;
using Pipe.Platform;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Pipe.Logging;

/// <summary>The log of this program. Nothing that goes wrong here has any effect on the delivery.</summary>
internal sealed class DeliveryLog
{
    private readonly Logger _logger;

    private DeliveryLog(Logger logger) => _logger = logger;

    /// <summary>Sets up the log that the settings ask for. Files and sockets are opened by the first line.</summary>
    /// <param name="settings">The settings; those of them that are wrong count as not given.</param>
    /// <param name="environment">Reads one environment variable.</param>
    public static DeliveryLog Open(Settings settings, Func<string, string?> environment)
    {
        var configuration = new LoggerConfiguration().MinimumLevel.Is(LevelName.Parse(settings.LogLevel));
        if (settings.Log != "none")
            configuration.WriteTo.Sink(new LogSink(settings.LogsJson ? new JsonLineFormat() : new TextLineFormat(), Targets(settings, environment)));
        if (settings.Verbose)
            configuration.WriteTo.Sink(new LogSink(new TextLineFormat(), [new TerminalTarget()]));
        return new DeliveryLog(configuration.CreateLogger());
    }

    /// <summary>Writes one line.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">A fixed sentence or word of ours.</param>
    /// <param name="properties">Values, which may come from the mail.</param>
    public void Write(LogEventLevel level, string message, IEnumerable<LogEventProperty> properties) => Write(level, message, null, properties);

    /// <summary>Writes one line about something that went wrong.</summary>
    public void Error(string message, Exception? exception = null) => Write(LogEventLevel.Error, message, exception, []);

    /// <summary>Makes a value for <see cref="Write(LogEventLevel, string, IEnumerable{LogEventProperty})"/>.</summary>
    public static LogEventProperty Property(string name, object? value) => new(name, new ScalarValue(value));

    private static List<ILogTarget> Targets(Settings settings, Func<string, string?> environment)
    {
        var syslog = new SyslogTarget(settings.SyslogSocket);
        var file = new FileTarget(
            () => settings.LogFile ?? DataFolder.Locate("pipe.log", environment), settings.LogsJson, settings.LogMaxSize, settings.LogKeep);

        // The other one stands in for the one that cannot be written: better a line in the wrong place than none.
        return settings.Log == "file" || (settings.Log == "auto" && settings.LogFile is not null) ? [file, syslog] : [syslog, file];
    }

    private void Write(LogEventLevel level, string message, Exception? exception, IEnumerable<LogEventProperty> properties)
    {
        if (!_logger.IsEnabled(level))
            return;

        // The message is no template: braces in it stand for themselves.
        var template = new MessageTemplate(message, [new TextToken(message)]);
        _logger.Write(new LogEvent(LocalClock.Now, level, exception, template, properties));
    }
}
