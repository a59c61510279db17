namespace Pipe.Tickets;

/// <summary>How the text of an entry is to be read.</summary>
public enum BodyFormat
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>HTML.</summary>
    Html,
}
