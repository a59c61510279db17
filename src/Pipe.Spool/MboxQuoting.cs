namespace Pipe.Spool;

/// <summary>How an mbox hides lines of a message that begin with "From ", of which RFC 4155 appendix A says that ways differ.</summary>
public enum MboxQuoting
{
    /// <summary>
    /// For each message: by its Content-Length, where it has one and a separator or the end of the file is there; otherwise as <see cref="Mboxrd"/>.
    /// </summary>
    Auto,

    /// <summary>"From " was made "&gt;From ", and lines that began so already were left; one "&gt;" is taken away from "&gt;From " only.</summary>
    Mboxo,

    /// <summary>One "&gt;" was put before every line of any number of "&gt;" and "From "; it is taken away.</summary>
    Mboxrd,

    /// <summary>As <see cref="Mboxo"/>, and Content-Length tells where the message ends.</summary>
    Mboxcl,

    /// <summary>Nothing is hidden; Content-Length alone tells where the message ends.</summary>
    Mboxcl2,

    /// <summary>Nothing is taken away, and only separator lines tell where a message ends.</summary>
    None,
}
