using System.Globalization;

namespace Pipe.MySql.Session;

/// <summary>Asks the server, over a second connection, to stop what a session is doing, and leaves it time to say so.</summary>
internal sealed class KillQuery(ServerSession session) : Interruption
{
    private readonly int _timeoutSeconds = session.Options.CancellationTimeoutSeconds;
    private bool _isCancelled;

    /// <summary>Asks on behalf of <see cref="MySqlCommand.Cancel"/>: the one who waits sees the server's own error.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        _ = Request(out _);
    }

    public override bool Request(out Deadline deadline)
    {
        WasRequested = true;
        deadline = GraceDeadline();
        if (_timeoutSeconds < 0)
            return false;
        try
        {
            using var second = ServerSession.Open(session.Options, session.Address, GraceDeadline());
            second.StartCommand(_timeoutSeconds, interruption: null);
            session.KillMayBePending = true;
            second.Run(TextCommand.Run(second, Sql()));
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    public override async Task<Deadline?> RequestAsync()
    {
        WasRequested = true;
        if (_timeoutSeconds < 0)
            return null;
        try
        {
            using var second = await ServerSession.OpenAsync(
                session.Options, session.Address, GraceDeadline(), CancellationToken.None).ConfigureAwait(false);
            second.StartCommand(_timeoutSeconds, interruption: null);
            session.KillMayBePending = true;
            await second.RunAsync(TextCommand.Run(second, Sql())).ConfigureAwait(false);
            return GraceDeadline();
        }
        catch (MySqlException)
        {
            return null;
        }
    }

    /// <summary>The exception for the caller when the command ended with one.</summary>
    public Exception Explain(MySqlException exception)
    {
        if (!WasRequested || _isCancelled || (!exception.IsFatal && exception.ErrorCode != MySqlErrorCode.QueryInterrupted))
            return exception;
        return CancellationToken.IsCancellationRequested
            ? new OperationCanceledException("The command was cancelled.", exception, CancellationToken)
            : MySqlException.TimedOut(exception, exception.IsFatal);
    }

    private Deadline GraceDeadline() => Deadline.In(_timeoutSeconds * 1000L);

    private string Sql() => string.Create(CultureInfo.InvariantCulture, $"KILL QUERY {session.ThreadId}");
}
