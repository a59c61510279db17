namespace Pipe.Mime;

/// <summary>The line ending to write.</summary>
public enum NewLineFormat
{
    /// <summary>LF</summary>
    Unix,

    /// <summary>CRLF</summary>
    Dos,

    /// <summary>Both, as found in a message that was read.</summary>
    Mixed,
}
