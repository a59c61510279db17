namespace Pipe.Outgoing;

/// <summary>A mail could not be handed over.</summary>
public sealed class MailTransportException : Exception
{
    /// <summary>Says why; the text is fit for a log and holds no secret.</summary>
    public MailTransportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the mail system may have the mail all the same.</summary>
    public bool MayHaveBeenSent { get; init; }
}
