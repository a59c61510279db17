namespace Pipe.Spool;

/// <summary>Messages that lie somewhere to be imported: an mbox file, a Maildir, a folder of files.</summary>
public interface IMessageSource
{
    /// <summary>How much there is: bytes of an mbox, files otherwise. For a progress bar.</summary>
    long Total { get; }

    /// <summary>Reads the messages one after the other, always in the same order.</summary>
    /// <exception cref="SpoolException">The source cannot be read.</exception>
    IEnumerable<SourcedMessage> Read();
}
