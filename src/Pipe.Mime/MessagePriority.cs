namespace Pipe.Mime;

/// <summary>The values of the Priority field (RFC 2156).</summary>
public enum MessagePriority
{
    /// <summary>non-urgent</summary>
    NonUrgent,

    /// <summary>normal, or no field</summary>
    Normal,

    /// <summary>urgent</summary>
    Urgent,
}
