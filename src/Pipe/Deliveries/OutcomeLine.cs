using Pipe.Logging;
using Serilog.Events;

namespace Pipe.Deliveries;

/// <summary>What the log says about one message.</summary>
/// <param name="result">How its delivery ended.</param>
/// <param name="exitCode">What the mail system is told; <c>null</c> when none is waiting.</param>
/// <param name="trace">The facts.</param>
/// <param name="envelope">What the mail system said.</param>
/// <param name="bytes">The size of the message, once it is known.</param>
/// <param name="elapsed">The time it took.</param>
internal sealed class OutcomeLine(
    DeliveryResult result, ExitCode? exitCode, DeliveryTrace trace, Envelope envelope, long? bytes, TimeSpan elapsed)
{
    /// <summary>The values of the one line that each message gets.</summary>
    public IReadOnlyList<LogEventProperty> Properties()
    {
        var properties = new List<LogEventProperty>(24) { Property("outcome", Outcome()) };
        if (result is DeliveryResult.Stored stored)
            properties.Add(Property("ticket", stored.TicketNumber));
        if (result is DeliveryResult.Spooled spooled)
            properties.Add(Property("spool", spooled.Id));
        if (Reason() is { } reason)
            properties.Add(Property("reason", reason));
        if (result is DeliveryResult.Deferred { HttpStatus: { } status })
            properties.Add(Property("http_status", status));
        if (exitCode is { } code)
            properties.Add(Property("exit", (int)code));
        AddMessage(properties);
        if (trace.Owner is { } owner)
            properties.Add(Property("owner", owner));
        if (bytes is { } count)
            properties.Add(Property("bytes", count));
        if (trace.Attachments is { } attachments)
            properties.Add(Property("attachments", attachments));
        if (trace.Warnings.Count > 0)
            properties.Add(Property("warnings", trace.Warnings.Count));

        properties.Add(Property("ms", elapsed.TotalMilliseconds));
        foreach (var (stage, time) in trace.Stages)
            properties.Add(Property("ms_" + stage, time.TotalMilliseconds));
        return properties;
    }

    /// <summary>The values of a line about something odd in the message.</summary>
    public IReadOnlyList<LogEventProperty> Warning(string sentence)
    {
        var properties = new List<LogEventProperty>(6) { Property("warning", sentence) };
        AddMessage(properties);
        return properties;
    }

    /// <summary>The same for the person at the terminal, in one sentence.</summary>
    public string Sentence() => result switch
    {
        DeliveryResult.Stored stored => $"{Outcome()}: ticket {stored.TicketNumber}",
        _ => $"{Outcome()}: {PrintableText.Of(Reason() ?? "")}",
    };

    private static LogEventProperty Property(string name, object? value) => DeliveryLog.Property(name, value);

    private string Outcome() => result switch
    {
        DeliveryResult.Stored { As: StoredAs.NewTicket } => "new-ticket",
        DeliveryResult.Stored { As: StoredAs.Reply } => "reply",
        DeliveryResult.Stored { As: StoredAs.Note } => "note",
        DeliveryResult.Stored { As: StoredAs.Duplicate } => "duplicate",
        DeliveryResult.Stored => "posted",
        DeliveryResult.Discarded => "discarded",
        DeliveryResult.Refused => "denied",
        DeliveryResult.Spooled => "spooled",
        DeliveryResult.Unacceptable => exitCode == ExitCode.TempFail ? "unacceptable" : "quarantined",
        _ => "deferred",
    };

    private string? Reason() => result switch
    {
        DeliveryResult.Discarded discarded => discarded.Reason,
        DeliveryResult.Refused refused => refused.Reason,
        DeliveryResult.Unacceptable unacceptable => unacceptable.Reason,
        DeliveryResult.Spooled spooled => spooled.Reason,
        DeliveryResult.Deferred deferred => deferred.Reason,
        _ => null,
    };

    private void AddMessage(List<LogEventProperty> properties)
    {
        if (trace.MessageId is { } messageId)
            properties.Add(Property("message_id", messageId));
        if (envelope.Sender is { } sender)
            properties.Add(Property("sender", sender));
        if (envelope.Recipient is { } recipient)
            properties.Add(Property("recipient", recipient));
        if (envelope.Extension is { } extension)
            properties.Add(Property("extension", extension));
        properties.Add(Property("caller", envelope.Caller));
        if (envelope.QueueId is { } queueId)
            properties.Add(Property("queue_id", queueId));
    }
}
