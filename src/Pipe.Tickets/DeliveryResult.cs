namespace Pipe.Tickets;

/// <summary>How a delivery ended. These cases and no other; the exit code follows from the case alone.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>Durably stored, accepted by the remote help desk, or there already.</summary>
    /// <param name="TicketNumber">The number users see; for an entry on a task, the task's number.</param>
    /// <param name="As">What the message became.</param>
    public sealed record Stored(string TicketNumber, StoredAs As) : DeliveryResult;

    /// <summary>Deliberately not stored, and no person is to hear of it: a mail loop.</summary>
    /// <param name="Reason">One sentence for the log.</param>
    public sealed record Discarded(string Reason) : DeliveryResult;

    /// <summary>A rule of the help desk denies this sender: ban list, filter with reject, unregistered, limit, HTTP 403.</summary>
    /// <param name="Reason">One sentence for the log.</param>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>This message can never be accepted as it is; a copy belongs into the quarantine folder.</summary>
    /// <param name="Reason">One sentence for the log.</param>
    public sealed record Unacceptable(string Reason) : DeliveryResult;

    /// <summary>Durably kept in our own spool, from which it will be delivered; the MTA has done its part.</summary>
    /// <param name="Id">The message's name there.</param>
    /// <param name="Reason">One sentence for the log: why it was not delivered yet.</param>
    public sealed record Spooled(string Id, string Reason) : DeliveryResult;

    /// <summary>Not stored for a reason that is not the message's; the MTA is to try again.</summary>
    /// <param name="Cause">Whose fault it is.</param>
    /// <param name="Reason">One sentence for the log; never holds a secret.</param>
    /// <param name="HttpStatus">The status the remote help desk answered with, if it answered.</param>
    public sealed record Deferred(DeferralCause Cause, string Reason, int? HttpStatus = null) : DeliveryResult;
}
