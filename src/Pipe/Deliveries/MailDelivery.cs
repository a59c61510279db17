using System.Diagnostics;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Logging;
using Pipe.MailSystems;
using Pipe.Notifications;
using Pipe.Platform;
using Serilog.Events;

namespace Pipe.Deliveries;

/// <summary>One delivery, from standard input to the exit code.</summary>
internal sealed class MailDelivery(IReadOnlyList<string> arguments, SettingsSources sources)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _parent = Libc.ParentProcess();
    private readonly DeliveryTrace _trace = new();
    private GivenOptions _options = new();
    private Settings? _settings;
    private DeliveryLog? _log;
    private DeliveryContext? _context;
    private SpoolDesk? _desk;
    private long? _bytes;
    private Envelope _envelope = new();

    /// <summary>Delivers the message on standard input; all of it is read whatever happens.</summary>
    public ExitCode Run()
    {
        _options = GivenOptions.Parse(WithoutScript());
        var settings = _settings = SettingsLoader.Load(_options, sources);
        SystemCertificates.Select(settings, sources.Environment);
        var log = _log = DeliveryLog.Open(settings, sources.Environment);
        _trace.EndStage("start");

        if (StandardStreams.ErrorIsTerminal && UsageError() is { } usage)
        {
            TerminalTarget.WriteLine("pipe: " + usage);
            TerminalTarget.WriteLine("Usage: pipe [--option value ...] < message      pipe --help tells more");
            return ExitCode.Usage;
        }

        Deadline.SetLastResort(settings.Deadline);
        using var deadline = new Deadline(settings.Deadline, EndOverdue);
        using var input = new StandardInput(deadline);
        foreach (string stray in _options.Strays)
            _trace.Warn("argument ignored: " + stray);

        using var outgoing = OutgoingDesk.Open(settings, sources, log);
        using var postmaster = new Postmaster(settings, sources, outgoing);
        var desk = _desk = new SpoolDesk(settings, sources, postmaster, log);
        var result = Deliver(settings, desk, input, deadline);
        var answer = Finish(result);
        outgoing?.SendReleased();

        // Our own mail has found the help desk at home.
        if (result is not (DeliveryResult.Deferred or DeliveryResult.Spooled) && deadline.RemainingMilliseconds() * 2 > settings.Deadline.TotalMilliseconds)
        {
            desk.DeliverWaiting(deadline.Token);
            outgoing?.SendReleased();
            outgoing?.SendWaiting();
        }

        return answer;
    }

    /// <summary>Ends a delivery that an exception has broken off.</summary>
    public ExitCode Fail(Exception exception)
    {
        _log ??= DeliveryLog.Open(new SettingsBuilder().Build(), sources.Environment);
        _log.Error("the delivery broke off", exception);
        return CrashGuard.Answer ?? Finish(Defer(DeferralCause.Internal, exception.Message));
    }

    // Named in the first line of a script ("#!/path/api/pipe"), the program is handed the script's path by the kernel.
    private IReadOnlyList<string> WithoutScript() =>
        arguments.Count > 0 && arguments[0].Contains('/') && Path.GetFullPath(arguments[0], sources.CurrentFolder) == sources.Executable
            ? [.. arguments.Skip(1)]
            : arguments;

    private static DeliveryResult.Deferred Defer(DeferralCause cause, string reason) => new(cause, reason);

    private string? UsageError() => _options.Error ?? (_options.Strays.Count > 0 ? "unknown argument " + _options.Strays[0] : null);

    private List<string> ConfigurationErrors()
    {
        var errors = new List<string>(_settings!.Errors);
        if (_options.Error is { } error)
            errors.Add(error);
        return errors;
    }

    private DeliveryResult Deliver(Settings settings, SpoolDesk desk, StandardInput input, Deadline deadline)
    {
        var errors = ConfigurationErrors();
        foreach (string error in errors)
            _log!.Error(error);

        // A caller that cannot try again has its mail kept, however wrong the settings are.
        if (errors.Count > 0 && !SpoolPolicy.Keeps(settings, Caller.Recognise(sources.Environment, null)))
        {
            InputDrain.Empty(input);
            return Defer(DeferralCause.Configuration, errors[0]);
        }

        try
        {
            // It lives as long as the process: the deadline may want to keep it.
            var message = Read(settings, input, deadline.Token);
            _bytes = message.Length;
            _trace.EndStage("read");
            if (message.Length == 0)
                return Defer(DeferralCause.EmptyInput, "standard input was empty");
            if (Libc.ParentProcess() != _parent && InboundMailReader.IsCutShort(message))
                return Defer(DeferralCause.EmptyInput, "the process that wrote the message died before its end");

            _envelope = EnvelopeReader.Read(_options.Envelope, sources.Environment, message);
            var context = _context = new DeliveryContext(message, _envelope, _trace);
            return errors.Count > 0
                ? desk.KeepOrDefer(context, Defer(DeferralCause.Configuration, errors[0]))
                : desk.Deliver(context, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return Defer(DeferralCause.Deadline,
                string.Create(CultureInfo.InvariantCulture, $"not done within {settings.Deadline.TotalSeconds} seconds"));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            InputDrain.Empty(input);
            return Defer(DeferralCause.Unavailable, "the message could not be kept while it was read: " + ex.Message);
        }
    }

    // StandardInput completes synchronously, so nothing is waited for here.
    private static RawMessage Read(Settings settings, StandardInput input, CancellationToken cancellationToken) =>
        RawMessage.ReadAsync(input, KeptMessages.Bounds(settings), cancellationToken).GetAwaiter().GetResult();

    private ExitCode Finish(DeliveryResult result)
    {
        var exitCode = ExitCodes.Of(result, _settings);

        // From here on it stands, whatever happens to the log or to mails that are not ours.
        CrashGuard.Answer = exitCode;

        var line = new OutcomeLine(result, exitCode, _trace, _envelope, _bytes, Stopwatch.GetElapsedTime(_started));
        foreach (string warning in _trace.Warnings)
            _log!.Write(LogEventLevel.Warning, "odd", line.Warning(warning));
        if (result is DeliveryResult.Unacceptable unacceptable)
            _log!.Error(unacceptable.Reason);
        _log!.Write(LogEventLevel.Information, "message", line.Properties());

        if (StandardStreams.ErrorIsTerminal && _settings is not { Verbose: true })
            TerminalTarget.WriteLine("pipe: " + line.Sentence());
        return exitCode;
    }

    // On a thread of its own, while the delivery hangs in something that cannot be told to stop.
    private void EndOverdue()
    {
        if (CrashGuard.Answer is { } answer)
            Libc.ExitNow((int)answer);

        var deferred = Defer(DeferralCause.Deadline, "not done in time, and what it was doing did not stop when it was told to");
        Libc.ExitNow((int)Finish(_context is { } context ? _desk!.KeepOrDefer(context, deferred) : deferred));
    }
}
