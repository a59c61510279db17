using System.CommandLine;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Logging;
using Pipe.Notifications;
using Pipe.Spool;

namespace Pipe.Commands;

/// <summary><c>pipe spool retry</c>: delivers what waits, with a progress bar at a terminal.</summary>
internal static class SpoolRetry
{
    /// <summary>Delivers, and prints what became of it: 0 when nothing that was tried is left, 75 when something waits on, 1 when it could not be tried.</summary>
    public static int Run(CommandServices services, ParseResult parsed, SpoolShelf shelf, Settings settings, IReadOnlyList<string> ids, bool all)
    {
        if (Choose(shelf, ids, KeptMessages.Bounds(settings), out string? missing) is not { } chosen)
            return CommandServices.Fail($"there is no message {Printable.Line(missing!)}");

        var log = DeliveryLog.Open(settings, services.Sources.Environment);
        using var outgoing = OutgoingDesk.Open(settings, services.Sources, log);
        using var postmaster = new Postmaster(settings, services.Sources, outgoing);
        var desk = new SpoolDesk(settings, services.Sources, postmaster, log);
        var waiting = ids.Count > 0 ? chosen : shelf.Spool.Ids();

        SpoolRun run;
        using (var bar = ProgressBar.OnStandardError())
        {
            int tried = 0;
            var runner = desk.Runner(shelf.Spool, attempt =>
            {
                desk.Log(attempt);
                bar.Show(++tried, waiting.Count, string.Create(CultureInfo.InvariantCulture, $"{tried} of {waiting.Count}"));
            });
            if (runner is null)
                return (int)ExitCode.Failure;

            var guarded = new GuardedDelivery(postmaster, log);
            var pending = ids.Count > 0 || all
                ? runner.RunAsync(guarded, waiting, CancellationToken.None)
                : runner.RunAsync(guarded, waiting.Count, CancellationToken.None);
            run = pending.Complete();
        }

        postmaster.Prepare();
        outgoing?.SendReleased();
        outgoing?.SendWaiting(int.MaxValue);
        return Report(run, parsed.InvocationConfiguration.Output);
    }

    // What is in the quarantine goes back to the spool, with its failures forgotten: a person has mended something.
    private static List<string>? Choose(SpoolShelf shelf, IReadOnlyList<string> ids, RawMessageOptions bounds, out string? missing)
    {
        missing = ids.FirstOrDefault(id => shelf.Find(id) is null);
        if (missing is not null)
            return null;

        var chosen = new List<string>();
        foreach (string id in ids)
        {
            if (shelf.Find(id) is not { } item)
                continue;
            chosen.Add(item.IsQuarantined ? Return(shelf, item, bounds) : id);
        }

        return chosen;
    }

    private static string Return(SpoolShelf shelf, ShelfItem item, RawMessageOptions bounds)
    {
        using var content = item.Folder.Open(item.Message);
        using var message = RawMessage.ReadAsync(content, bounds).GetAwaiter().GetResult();
        var record = item.Message.Record with { Failures = 0, NextAttempt = null };
        string id = shelf.Spool.Keep(message, record).Id;
        shelf.Quarantine.Remove(item.Message);
        return id;
    }

    private static int Report(SpoolRun run, TextWriter output)
    {
        if (run.Busy)
            return CommandServices.Fail("other processes are delivering from the spool already");

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Delivered} delivered, {run.Waiting} still waiting, {run.Quarantined} to the quarantine"));
        if (run.Stopped is { } stopped)
            output.WriteLine($"stopped: {Printable.Line(stopped.Reason)}");
        return (int)(run.Waiting > 0 ? ExitCode.TempFail : ExitCode.Done);
    }
}
