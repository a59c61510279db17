namespace Pipe.Store.Intake;

/// <summary>Turns messages away that may not open a ticket, and leaves osTicket's traces of it.</summary>
internal sealed class Refusals(IntakeContext context)
{
    private const string RememberSql = "INSERT INTO $thread_entry_email (thread_entry_id, mid) VALUES (0, @mid)";

    private readonly SystemLog _log = new(context);

    /// <summary>Denied by the ban list, a filter, or because the sender is not registered.</summary>
    /// <param name="address">The address that is denied.</param>
    /// <param name="why">The reason, as the end of a sentence.</param>
    /// <param name="again">Whether an earlier try of the message was denied, and its traces are there.</param>
    public DeliveryResult Deny(string address, string why, bool again)
    {
        var denied = new DeliveryResult.Refused($"{address} is turned away {why}");
        if (again)
            return denied;
        context.Session.Dialect.BeginWriting(context.Session);
        _log.Warn("Ticket denied", $"Ticket rejected ({address}) {why}");
        _log.Warn(
            "API Error (403)",
            $"Unable to create new ticket :Ticket denied: {context.Sender?.Address} This help desk is for use by authorized users only");
        context.Session.Execute(RememberSql, ("mid", context.MessageId));
        return denied;
    }

    /// <summary>The sender has too many open tickets. Not remembered: the next try may find fewer.</summary>
    public DeliveryResult DenyOverLimit(string address, int limit)
    {
        context.Session.Dialect.BeginWriting(context.Session);
        _log.Warn($"Ticket denied - {address}", $"Max open tickets ({limit}) reached for {address}");
        _log.Warn("API Error (500)", "Unable to create new ticket :err You've reached the maximum open tickets allowed.");
        return new DeliveryResult.Refused($"{address} has {limit} open tickets, which is the limit");
    }

    /// <summary>It is no mail at all, so nobody could own the ticket.</summary>
    public DeliveryResult DenyNobody()
    {
        context.Session.Dialect.BeginWriting(context.Session);
        _log.Warn("API Error (500)", "Unable to create new ticket :user Incomplete client information");
        return new DeliveryResult.Unacceptable("what came is no mail: it has no header field, and the envelope names no sender");
    }

    /// <summary>The help desk's own mail has come back.</summary>
    public DeliveryResult StopLoop()
    {
        context.Session.Dialect.BeginWriting(context.Session);
        string address = context.Mail.Sender?.Address ?? "";
        _log.Error(
            "Email loop detected",
            $"A mail that this help desk sent has come back from {address}. Nothing was stored. An address of the help desk is probably forwarded to, or also used as a user's or an agent's.");
        return new DeliveryResult.Discarded("this is the help desk's own mail coming back");
    }

    /// <summary>Tells the administrator that an owner has just reached the limit.</summary>
    public void NoteLimitReached(string address, int limit) => _log.Warn(
        $"Maximum Open Tickets Limit ({address})", $"Maximum open tickets ({limit}) reached for {address}");
}
