using System.CommandLine;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Logging;
using Pipe.MailSystems;
using Pipe.Spool;
using Serilog.Events;

namespace Pipe.Commands;

/// <summary><c>pipe import</c>: delivers messages that lie in files.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandServices services)
    {
        var path = new Argument<string>("path") { Description = "A folder of .eml files, a Maildir, an mbox, or one message." };
        var quoting = new Option<MboxQuoting>("--mbox")
        {
            Description = "How the mbox hides lines that begin with \"From \".",
            DefaultValueFactory = _ => MboxQuoting.Auto,
        };
        var command = new Command(
            "import", "Delivers the messages of a folder, a Maildir or an mbox. Each is delivered once, however often the command is run; after an interruption it goes on where it was.")
        { path, quoting };
        command.SetAction(parsed => Run(services, parsed, parsed.GetRequiredValue(path), parsed.GetValue(quoting)));
        return command;
    }

    private static int Run(CommandServices services, ParseResult parsed, string path, MboxQuoting quoting)
    {
        var settings = services.LoadSettings(parsed);
        if (settings.Errors.Count > 0)
            return CommandServices.Fail(settings.Errors[0]);
        if (DataFolder.Locate("import", services.Sources.Environment) is not { } journals)
            return CommandServices.Fail("no folder for the import's journal can be written; set XDG_DATA_HOME");

        try
        {
            // Nobody wants to hear today of mail from years ago.
            using var postmaster = new Postmaster(settings, services.Sources, outgoing: null);
            using var journal = ImportJournal.Open(journals, Path.GetFullPath(path), DestinationName(settings, services.Sources));
            var summary = Import(services, settings, postmaster, journal, MessageSource.Open(path, quoting));
            return Report(summary, parsed.InvocationConfiguration.Output);
        }
        catch (Exception ex) when (ex is SpoolException or IOException or UnauthorizedAccessException)
        {
            return CommandServices.Fail(ex.Message);
        }
    }

    private static ImportSummary Import(
        CommandServices services, Settings settings, Postmaster postmaster, ImportJournal journal, IMessageSource source)
    {
        var log = DeliveryLog.Open(settings, services.Sources.Environment);
        using var bar = ProgressBar.OnStandardError();
        var import = new MessageImport(source, new GuardedDelivery(postmaster, log), journal, TimeProvider.System)
        {
            Message = KeptMessages.Bounds(settings),
            EnvelopeOf = message => EnvelopeReader.Read(new EnvelopeOptions(), _ => null, message) with { Caller = "import" },
            Attempted = attempt =>
            {
                Log(log, attempt);
                if (IsProblem(attempt.Result))
                {
                    bar.Clear();
                    Console.Error.WriteLine($"pipe: {Printable.Line(attempt.Name)}: {Printable.Line(ReasonOf(attempt.Result))}");
                }
            },
            Progressed = progress => bar.Show(
                progress.Position, progress.Total, string.Create(CultureInfo.InvariantCulture, $"{progress.Summary.Total} messages")),
        };
        return import.RunAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static string DestinationName(Settings settings, SettingsSources sources) =>
        settings.Url?.ToString() ?? settings.OsTicket ?? EmbeddedStore.Locate(settings, sources) ?? "";

    private static bool IsProblem(DeliveryResult result) => result is DeliveryResult.Deferred or DeliveryResult.Unacceptable;

    private static string ReasonOf(DeliveryResult result) => result switch
    {
        DeliveryResult.Unacceptable unacceptable => unacceptable.Reason,
        DeliveryResult.Deferred deferred => deferred.Reason,
        _ => "",
    };

    private static void Log(DeliveryLog log, ImportAttempt attempt)
    {
        var elapsed = TimeSpan.Zero;
        foreach (var stage in attempt.Trace.Stages)
            elapsed += stage.Value;
        var line = new OutcomeLine(attempt.Result, exitCode: null, attempt.Trace, attempt.Envelope, attempt.Length, elapsed);
        foreach (string warning in attempt.Trace.Warnings)
            log.Write(LogEventLevel.Warning, "odd", line.Warning(warning));
        log.Write(LogEventLevel.Information, "imported message", [DeliveryLog.Property("source", attempt.Name), .. line.Properties()]);
    }

    private static int Report(ImportSummary summary, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Total} messages"));
        foreach (var (count, what) in (ReadOnlySpan<(int, string)>)
            [
                (summary.NewTickets, "new tickets"),
                (summary.Entries, "replies and notes"),
                (summary.Posted, "posted"),
                (summary.Duplicates, "there already"),
                (summary.DoneBefore, "done by an earlier run"),
                (summary.Refused, "not wanted by the help desk's rules"),
                (summary.Quarantined, "to the quarantine"),
                (summary.Failed, "failed"),
            ])
        {
            if (count > 0)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,7} {what}"));
        }

        if (summary.Stopped is { } reason)
            output.WriteLine($"stopped: {Printable.Line(reason)}; the same command goes on from here");
        return (int)(summary.Stopped is not null ? ExitCode.TempFail : summary.Failed > 0 ? ExitCode.Failure : ExitCode.Done);
    }
}
