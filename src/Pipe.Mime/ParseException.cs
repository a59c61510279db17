namespace Pipe.Mime;

/// <summary>The text does not follow the syntax it was read by.</summary>
public class ParseException : FormatException
{
    /// <summary>Creates the exception with the places of the fault.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="tokenIndex">The offset, in bytes, at which the faulty token begins.</param>
    /// <param name="errorIndex">The offset, in bytes, of the fault.</param>
    public ParseException(string message, int tokenIndex, int errorIndex)
        : base(message)
    {
        TokenIndex = tokenIndex;
        ErrorIndex = errorIndex;
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ParseException(string message, int tokenIndex, int errorIndex, Exception innerException)
        : base(message, innerException)
    {
        TokenIndex = tokenIndex;
        ErrorIndex = errorIndex;
    }

    /// <summary>The offset, in bytes, at which the faulty token begins.</summary>
    public int TokenIndex { get; }

    /// <summary>The offset, in bytes, of the fault.</summary>
    public int ErrorIndex { get; }
}
