namespace Pipe.Store;

/// <summary>A ticket store cannot be read or written.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Says why; the text is fit for a log and holds no secret.</summary>
    public StoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whose fault it is.</summary>
    public DeferralCause Cause { get; init; } = DeferralCause.Unavailable;

    /// <summary>Whether no database server could be used at all.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Whether a connection broke that had been made; the same work may succeed on a new one.</summary>
    public bool IsConnectionLost { get; init; }

    /// <summary>Whether the database is there and lacks tables or columns.</summary>
    public bool LacksColumns { get; init; }
}
