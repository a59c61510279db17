namespace Pipe.Spool;

/// <summary>A folder of kept messages, or a source of messages, cannot be read or written.</summary>
public sealed class SpoolException : Exception
{
    /// <summary>Says why; the text is fit for a log.</summary>
    public SpoolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
