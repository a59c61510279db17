namespace Pipe.Store.Intake;

/// <summary>The rules by which a message finds its thread, in their order.</summary>
internal enum MatchedBy
{
    /// <summary>The message itself is there already.</summary>
    OwnMessageId,

    /// <summary>A Message-ID that this help desk signed, naming an entry of the thread it names.</summary>
    SignedMessageId,

    /// <summary>The Message-ID of a mail that is stored.</summary>
    StoredMessageId,

    /// <summary>The ticket's number in the subject.</summary>
    SubjectTag,

    /// <summary>A Message-ID that this help desk signed, of which only the thread is still there.</summary>
    SignedThread,
}
