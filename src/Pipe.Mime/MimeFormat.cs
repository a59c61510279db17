namespace Pipe.Mime;

/// <summary>What a stream holds.</summary>
public enum MimeFormat
{
    /// <summary>One message or entity.</summary>
    Entity,

    /// <summary>A mailbox file with several messages.</summary>
    Mbox,

    /// <summary>One message or entity.</summary>
    Default = Entity,
}
