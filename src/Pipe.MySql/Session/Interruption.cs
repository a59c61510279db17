namespace Pipe.MySql.Session;

/// <summary>What happens when a wait for the server lasts too long or is cancelled: the server is asked to stop, once.</summary>
internal abstract class Interruption
{
    /// <summary>True when the server was asked to stop.</summary>
    public bool WasRequested { get; protected set; }

    /// <summary>Cancelled when the caller of an asynchronous method does not want to wait any longer.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Asks the server to stop; returns false when there is nothing more to wait for.</summary>
    /// <param name="deadline">By when the server has to have answered.</param>
    public abstract bool Request(out Deadline deadline);

    /// <inheritdoc cref="Request"/>
    public abstract Task<Deadline?> RequestAsync();
}
