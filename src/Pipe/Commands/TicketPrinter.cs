using System.Globalization;
using Pipe.Store;

namespace Pipe.Commands;

/// <summary>Prints one ticket for a person to read.</summary>
internal static class TicketPrinter
{
    public static void Print(ArchivedTicket ticket, TextWriter output)
    {
        var summary = ticket.Summary;
        output.WriteLine($"Ticket      {Printable.Line(summary.Number)}  {Printable.Line(summary.Status)}");
        output.WriteLine($"Subject     {Printable.Line(summary.Subject)}");
        output.WriteLine($"From        {Mailbox(summary.Owner)}");
        output.WriteLine($"Department  {Printable.Line(summary.Department)}");
        if (summary.Priority.Length > 0)
            output.WriteLine($"Priority    {Printable.Line(summary.Priority)}");
        output.WriteLine($"Opened      {Time(summary.Created)}");
        if (ticket.Due is { } due)
            output.WriteLine($"Due         {Time(due)}");
        foreach (var collaborator in ticket.Collaborators)
            output.WriteLine($"Also        {Mailbox(collaborator)}");

        foreach (var entry in ticket.Thread)
            Print(entry, output);
    }

    private static void Print(ArchivedEntry entry, TextWriter output)
    {
        string kind = entry.Type switch
        {
            'M' => "message",
            'R' => "response",
            'N' => "internal note",
            _ => "entry",
        };
        output.WriteLine();
        output.WriteLine($"--- {kind} by {Printable.Line(entry.Poster)}, {Time(entry.Created)}");
        if (entry.Title.Length > 0)
            output.WriteLine($"    {Printable.Line(entry.Title)}");
        if (entry.MessageId is { } messageId)
            output.WriteLine($"    {Printable.Line(messageId)}");
        output.WriteLine();

        output.Write(Printable.Lines(StoredBody.ToText(entry), "    "));
        foreach (var file in entry.Attachments)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    [{(file.Inline ? "inline" : "file")}] {Printable.Line(file.Name)}  {Printable.Line(file.MediaType)}  {file.Size} bytes"));
        }
    }

    private static string Mailbox(Correspondent person) => person.Name.Length == 0
        ? Printable.Line(person.Address)
        : $"{Printable.Line(person.Name)} <{Printable.Line(person.Address)}>";

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
