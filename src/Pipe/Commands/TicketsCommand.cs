using System.CommandLine;
using System.Globalization;
using Pipe.Deliveries;
using Pipe.Store;

namespace Pipe.Commands;

/// <summary><c>pipe tickets</c>: what is in the ticket store.</summary>
internal static class TicketsCommand
{
    private const int DefaultCount = 50;

    public static Command Create(CommandServices services)
    {
        var count = new Option<int>("--count") { Description = "How many of the newest tickets to list.", DefaultValueFactory = _ => DefaultCount };
        var command = new Command("tickets", "Lists the tickets in the ticket store, newest first.");
        command.Options.Add(count);
        command.SetAction(parsed => Run(services, parsed, archive => List(archive, parsed.GetValue(count), parsed.InvocationConfiguration.Output)));

        var number = new Argument<string>("number") { Description = "The ticket's number." };
        var attachments = new Option<string>("--attachments") { Description = "Writes the attached files into this folder.", HelpName = "folder" };
        var show = new Command("show", "Shows one ticket: who, when, subject, thread, files.") { number, attachments };
        show.SetAction(parsed => Run(services, parsed, archive =>
            Show(archive, parsed.GetRequiredValue(number), parsed.GetValue(attachments), parsed.InvocationConfiguration.Output)));
        command.Subcommands.Add(show);
        return command;
    }

    private static int Run(CommandServices services, ParseResult parsed, Func<TicketArchive, int> action)
    {
        var settings = services.LoadSettings(parsed);
        if (settings.Errors.Count > 0)
            return CommandServices.Fail(settings.Errors[0]);

        try
        {
            return action(TicketArchives.Open(settings, services.Sources));
        }
        catch (Exception ex) when (ex is StoreException or IOException or UnauthorizedAccessException)
        {
            return CommandServices.Fail(ex.Message);
        }
    }

    private static int List(TicketArchive archive, int count, TextWriter output)
    {
        var tickets = archive.List(count);
        foreach (var ticket in tickets)
        {
            string files = ticket.Attachments == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {ticket.Attachments} file(s)");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{ticket.Number}  {ticket.Created:yyyy-MM-dd HH:mm}  {Printable.Line(ticket.Status)}  {Printable.Line(ticket.Owner.Address)}  {Printable.Line(ticket.Subject)}  {ticket.Entries} entr{(ticket.Entries == 1 ? "y" : "ies")}{files}"));
        }

        if (tickets.Count == 0)
            output.WriteLine("There are no tickets.");
        return (int)ExitCode.Done;
    }

    private static int Show(TicketArchive archive, string number, string? folder, TextWriter output)
    {
        if (archive.Find(number) is not { } ticket)
            return CommandServices.Fail($"there is no ticket {Printable.Line(number)}");

        TicketPrinter.Print(ticket, output);
        if (folder is not null)
            AttachmentFolder.Write(archive, ticket, folder, output);
        return (int)ExitCode.Done;
    }
}
