using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Store;

namespace Pipe.Commands.Why;

/// <summary><c>pipe why</c>: what became of a message.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandServices services)
    {
        var id = new Argument<string>("id") { Description = "A Message-ID, a mail system's queue id, a ticket number, or an id of the spool." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("why", "Finds a message in the log, the ticket store and the spool, and tells its history.") { id, json };
        command.SetAction(parsed => Run(
            services.LoadSettings(parsed), services.Sources, parsed.GetRequiredValue(id), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(Settings settings, SettingsSources sources, string id, bool asJson, TextWriter output)
    {
        // The log may know a message only by the name that the spool gave it.
        var kept = Kept.Find(settings, sources, id);
        var search = new LogSearch(settings, sources);
        var (lines, names) = search.Find([id, .. kept.Names]);

        var report = new Report();
        report.BeginList("Log", "log");
        foreach (var line in lines)
            AddLine(report, line);
        int found = lines.Count + AddStored(report, settings, sources, names) + AddKept(report, kept);

        if (found == 0 || search.Unreadable.Count > 0)
        {
            report.BeginList("Looked at", "looked");
            foreach (string file in search.Files)
                report.AddItem(file, Report.Fact("file", file));
            foreach (string file in search.Unreadable)
                report.AddItem("not readable: " + file, Report.Fact("unreadable", file));
        }

        if (asJson)
            report.PrintJson(output);
        else
            report.Print(output);
        return found > 0 ? (int)ExitCode.Done : CommandServices.Fail($"nothing is known of {Printable.Line(id)}");
    }

    private static void AddLine(Report report, LogLine line)
    {
        string Field(string name) => line.Fields.TryGetValue(name, out string? value) ? value : "";
        string Address(string name) => !line.Fields.TryGetValue(name, out string? value) ? "unknown" : value.Length == 0 ? "<>" : value;
        string what = Field("outcome") is { Length: > 0 } outcome ? outcome : Field("warning") is { Length: > 0 } warning ? "odd: " + warning : Field("message");
        string ticket = Field("ticket") is { Length: > 0 } number ? $", ticket {number}" : "";
        string reason = Field("reason") is { Length: > 0 } why ? $": {why}" : "";
        string queueId = Field("queue_id") is { Length: > 0 } queued ? " " + queued : "";
        string route = Field("caller") is { Length: > 0 } caller ? $"  ({caller}{queueId}, from {Address("sender")} to {Address("recipient")})" : "";
        string exit = Field("exit") is { Length: > 0 } code ? $", exit code {code}" : "";
        report.AddItem($"{line.Time}  {what}{ticket}{reason}{exit}{route}", [.. line.Fields]);
    }

    private static int AddStored(Report report, Settings settings, SettingsSources sources, IReadOnlyCollection<string> names)
    {
        if (settings.Url is not null)
            return 0;

        int found = 0;
        report.BeginList("Ticket store", "store");
        try
        {
            var history = StoreAccess.History(settings, sources);
            foreach (var message in names.SelectMany(name => history.Find(name)).DistinctBy(message => (message.EntryId, message.MessageId)))
            {
                found++;
                string where = message.EntryId == 0 ? "denied, without an entry" : $"ticket {message.TicketNumber}, entry {message.EntryId.ToString(CultureInfo.InvariantCulture)} ({message.Kind})";
                report.AddItem(
                    $"{message.Created}  {where}  {message.Poster}  {message.MessageId}".TrimStart(),
                    new("created", message.Created), new("ticket", message.TicketNumber), new("entry", message.EntryId.ToString(CultureInfo.InvariantCulture)),
                    new("kind", message.Kind), new("poster", message.Poster), new("messageId", message.MessageId));
            }
        }
        catch (Exception ex) when (ex is StoreException or DbException)
        {
            report.AddItem("cannot be read: " + ex.Message, Report.Fact("error", ex.Message));
        }

        return found;
    }

    private static int AddKept(Report report, Kept kept)
    {
        report.BeginList("Spool and quarantine", "kept");
        foreach (var item in kept.Items)
        {
            var record = item.Message.Record;
            string place = item.IsQuarantined ? "quarantine" : "spool";
            string next = record.NextAttempt is { } time ? $", next try {time:u}" : "";
            report.AddItem(
                $"{place}  {item.Message.Id}  since {record.Arrived:u}, {record.Attempts} tries{next}: {record.Reason}",
                new("place", place), new("id", item.Message.Id), new("path", item.Message.Path), new("arrived", record.Arrived.ToString("u", CultureInfo.InvariantCulture)),
                new("attempts", record.Attempts.ToString(CultureInfo.InvariantCulture)), new("reason", record.Reason));
        }

        if (kept.Error is { } error)
            report.AddItem("cannot be read: " + error, Report.Fact("error", error));
        return kept.Items.Count;
    }
}
