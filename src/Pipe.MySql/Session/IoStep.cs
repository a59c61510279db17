namespace Pipe.MySql.Session;

/// <summary>What a protocol flow waits for before it can go on.</summary>
/// <remarks>
/// A flow is an iterator that holds a part of the protocol once; <see cref="ServerSession.Run"/> and
/// <see cref="ServerSession.RunAsync"/> do the waiting, with blocking calls or without.
/// </remarks>
internal enum IoStep
{
    /// <summary>More bytes from the server.</summary>
    Receive,

    /// <summary>The collected packets on their way.</summary>
    Send,

    /// <summary>An encrypted connection.</summary>
    StartTls,

    /// <summary>The next piece of a parameter's stream, read into <see cref="ServerSession.ParameterBuffer"/>.</summary>
    ReadParameter,
}
