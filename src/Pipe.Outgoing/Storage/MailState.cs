namespace Pipe.Outgoing.Storage;

/// <summary>How far a kept mail has come; the value is the byte in the file.</summary>
internal enum MailState : byte
{
    /// <summary>To be sent.</summary>
    Waiting = (byte)'W',

    /// <summary>Being handed over. Found by another process, it means that nobody knows how that ended.</summary>
    Sending = (byte)'S',

    /// <summary>Handed over, or deliberately not.</summary>
    Done = (byte)'D',

    /// <summary>Not sent, or nobody knows; a person has to look.</summary>
    Stuck = (byte)'X',
}
