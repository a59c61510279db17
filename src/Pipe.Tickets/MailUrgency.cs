namespace Pipe.Tickets;

/// <summary>The urgency that a message asks for; the numbers are osTicket's <c>ticket_priority.priority_urgency</c>.</summary>
public enum MailUrgency
{
    /// <summary>High.</summary>
    High = 2,

    /// <summary>Normal.</summary>
    Normal = 3,

    /// <summary>Low.</summary>
    Low = 4,
}
