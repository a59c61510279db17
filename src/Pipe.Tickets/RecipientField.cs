namespace Pipe.Tickets;

/// <summary>The header field that an addressee was found in.</summary>
public enum RecipientField
{
    /// <summary>The To field.</summary>
    To,

    /// <summary>The Cc field.</summary>
    Cc,

    /// <summary>A Delivered-To field, which some MTAs add for the envelope recipient.</summary>
    DeliveredTo,
}
