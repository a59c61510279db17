using System.Globalization;
using System.Text;
using Pipe.Logging;
using Serilog.Events;

namespace Pipe.Commands;

/// <summary>Prints kept messages for a person to read.</summary>
internal static class SpoolPrinter
{
    private const int ShownBytes = 4096;

    /// <summary>One line for each message.</summary>
    public static void List(SpoolShelf shelf, TextWriter output)
    {
        int waiting = 0, quarantined = 0;
        foreach (var item in shelf.Items())
        {
            if (item.IsQuarantined)
                quarantined++;
            else
                waiting++;
            output.WriteLine(Line(item));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{waiting} waiting, {quarantined} in the quarantine"));
    }

    /// <summary>Everything known about a message, and its beginning.</summary>
    public static void Show(ShelfItem item, TextWriter output)
    {
        var (message, record) = (item.Message, item.Message.Record);
        output.WriteLine($"Message     {Printable.Line(message.Id)}  {State(item)}");
        output.WriteLine($"Reason      {Printable.Line(record.Reason)}");
        output.WriteLine($"Sender      {Printable.Line(Sender(item))}");
        output.WriteLine($"Recipient   {Printable.Line(record.Envelope.Recipient ?? "unknown")}");
        output.WriteLine($"Caller      {Printable.Line(record.Envelope.Caller)}{(record.Envelope.QueueId is { } queueId ? "  " + Printable.Line(queueId) : "")}");
        output.WriteLine($"Arrived     {Time(record.Arrived)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Size        {message.Length} bytes"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Attempts    {record.Attempts}, of which {record.Failures} failed for the message's own sake"));
        if (record.LastAttempt is { } last)
            output.WriteLine($"Last        {Time(last)}");
        if (record.NextAttempt is { } next && !item.IsQuarantined)
            output.WriteLine($"Next        {Time(next)}");
        if (record.TicketNumber is { } ticket)
            output.WriteLine($"Ticket      {Printable.Line(ticket)}");
        output.WriteLine($"File        {Printable.Line(message.Path)}");
        output.WriteLine();
        output.Write(Printable.Lines(Beginning(item), "    "));
    }

    /// <summary>What the log says about a message that a person has done something to.</summary>
    public static IReadOnlyList<LogEventProperty> Properties(ShelfItem item) =>
    [
        DeliveryLog.Property("spool", item.Message.Id),
        DeliveryLog.Property("reason", item.Message.Record.Reason),
        DeliveryLog.Property("sender", item.Message.Record.Envelope.Sender),
        DeliveryLog.Property("recipient", item.Message.Record.Envelope.Recipient),
        DeliveryLog.Property("bytes", item.Message.Length),
    ];

    // An empty one is the null reverse-path of a bounce; nothing known is something else.
    private static string Sender(ShelfItem item) => item.Message.Record.Envelope.Sender is { } sender ? $"<{sender}>" : "unknown";

    private static string Line(ShelfItem item)
    {
        var record = item.Message.Record;
        string envelope = $"{Sender(item)} -> {record.Envelope.Recipient ?? "unknown"}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Printable.Line(item.Message.Id)}  {State(item)}  {Time(record.Arrived)}  {item.Message.Length,9}  {Printable.Line(envelope)}  {Printable.Line(record.Reason)}");
    }

    private static string State(ShelfItem item) => item switch
    {
        { IsQuarantined: true, Message.Record.TicketNumber: { } ticket } => $"quarantined (ticket {Printable.Line(ticket)})",
        { IsQuarantined: true } => "quarantined",
        { Message.Record.NextAttempt: { } next } when next > DateTimeOffset.UtcNow => $"until {Time(next)}",
        _ => "due",
    };

    private static string Beginning(ShelfItem item)
    {
        byte[] buffer = new byte[ShownBytes];
        using var content = item.Folder.Open(item.Message);
        int count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(buffer, 0, count) + (count < item.Message.Length ? "\n[...]" : "");
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
