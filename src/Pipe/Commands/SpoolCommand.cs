using System.CommandLine;
using System.Globalization;
using Pipe.Configuration;
using Pipe.Logging;
using Pipe.Spool;

namespace Pipe.Commands;

/// <summary><c>pipe spool</c>: the messages that wait, and those in the quarantine.</summary>
internal static class SpoolCommand
{
    public static Command Create(CommandServices services)
    {
        var command = new Command("spool", "The messages that wait for their delivery, and those in the quarantine.");
        command.Subcommands.Add(CreateList(services));
        command.Subcommands.Add(CreateShow(services));
        command.Subcommands.Add(CreateRetry(services));
        command.Subcommands.Add(CreateExport(services));
        command.Subcommands.Add(CreateDrop(services));
        return command;
    }

    private static Command CreateList(CommandServices services)
    {
        var command = new Command("list", "Lists them, the oldest first, with the reason why each is there.");
        command.SetAction(parsed => WithShelf(services, parsed, (shelf, _) =>
        {
            SpoolPrinter.List(shelf, parsed.InvocationConfiguration.Output);
            return (int)ExitCode.Done;
        }));
        return command;
    }

    private static Command CreateShow(CommandServices services)
    {
        var id = new Argument<string>("id") { Description = "The message's name in the list." };
        var command = new Command("show", "Shows one: envelope, reason, attempts, and the beginning of the message.") { id };
        command.SetAction(parsed => WithMessages(services, parsed, [parsed.GetRequiredValue(id)], (item, _) =>
            SpoolPrinter.Show(item, parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static Command CreateRetry(CommandServices services)
    {
        var ids = new Argument<string[]>("id") { Description = "The messages to deliver, those in the quarantine too.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every message that waits, due or not." };
        var command = new Command("retry", "Delivers waiting messages: those that are due (for cron), all, or the ones named.") { ids, all };
        command.SetAction(parsed => WithShelf(services, parsed, (shelf, settings) =>
            SpoolRetry.Run(services, parsed, shelf, settings, parsed.GetValue(ids) ?? [], parsed.GetValue(all))));
        return command;
    }

    private static Command CreateExport(CommandServices services)
    {
        var id = new Argument<string>("id") { Description = "The message's name in the list." };
        var file = new Option<string>("--to") { Description = "The file to write; it must not exist. By default standard output.", HelpName = "file" };
        var command = new Command("export", "Writes the message, byte for byte as it came.") { id, file };
        command.SetAction(parsed => WithMessages(services, parsed, [parsed.GetRequiredValue(id)], (item, _) =>
        {
            using var content = item.Folder.Open(item.Message);
            using var destination = parsed.GetValue(file) is { } path
                ? new FileStream(path, FileMode.CreateNew, FileAccess.Write)
                : Console.OpenStandardOutput();
            content.CopyTo(destination);
        }));
        return command;
    }

    private static Command CreateDrop(CommandServices services)
    {
        var ids = new Argument<string[]>("id") { Description = "The messages' names in the list.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("drop", "Removes messages for good, without delivering them.") { ids };
        command.SetAction(parsed => WithMessages(services, parsed, parsed.GetRequiredValue(ids), (item, log) =>
        {
            item.Folder.Remove(item.Message);
            log.Write(Serilog.Events.LogEventLevel.Warning, "dropped", SpoolPrinter.Properties(item));
            parsed.InvocationConfiguration.Output.WriteLine($"dropped {Printable.Line(item.Message.Id)}");
        }));
        return command;
    }

    private static int WithShelf(CommandServices services, ParseResult parsed, Func<SpoolShelf, Settings, int> action)
    {
        var settings = services.LoadSettings(parsed);
        if (settings.Errors.Count > 0)
            return CommandServices.Fail(settings.Errors[0]);

        try
        {
            return SpoolShelf.Open(settings, services.Sources) is { } shelf
                ? action(shelf, settings)
                : CommandServices.Fail("no folder for the spool can be written; set spoolFolder and quarantine");
        }
        catch (Exception ex) when (ex is SpoolException or IOException or UnauthorizedAccessException)
        {
            return CommandServices.Fail(ex.Message);
        }
    }

    // Every name is looked up before anything is done with any of them.
    private static int WithMessages(CommandServices services, ParseResult parsed, IReadOnlyList<string> ids, Action<ShelfItem, DeliveryLog> action) =>
        WithShelf(services, parsed, (shelf, settings) =>
        {
            var items = new List<ShelfItem>();
            foreach (string id in ids)
            {
                if (shelf.Find(id) is not { } item)
                    return CommandServices.Fail(string.Create(CultureInfo.InvariantCulture, $"there is no message {Printable.Line(id)} in {shelf.Spool.Path} or {shelf.Quarantine.Path}"));
                items.Add(item);
            }

            var log = DeliveryLog.Open(settings, services.Sources.Environment);
            foreach (var item in items)
                action(item, log);
            return (int)ExitCode.Done;
        });
}
