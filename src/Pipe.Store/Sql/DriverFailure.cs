using System.Data.Common;
using System.Net.Sockets;

namespace Pipe.Store.Sql;

/// <summary>Puts into the store's words what a database driver throws beside the errors that the database itself reports.</summary>
internal static class DriverFailure
{
    /// <summary>Makes a call of the driver.</summary>
    /// <exception cref="DbException">The database's own error.</exception>
    /// <exception cref="StoreException">The connection was lost, or the driver cannot make sense of the answer.</exception>
    public static TResult Guard<TState, TResult>(TState state, Func<TState, TResult> call)
    {
        try
        {
            return call(state);
        }
        catch (Exception e) when (Translate(e) is { } failure)
        {
            throw failure;
        }
    }

    private static StoreException? Translate(Exception error) => error switch
    {
        DbException or IOException or SocketException when WhyLost(error) is { } reason =>
            new StoreException("the connection to the database was lost: " + reason, error) { IsConnectionLost = true },
        InvalidOperationException or NotSupportedException or FormatException or ArgumentException or InvalidCastException =>
            new StoreException("the database's answer cannot be understood: " + error.Message, error),
        _ => null,
    };

    // The innermost exception is the system's; those around it say no more than that something went wrong.
    private static string? WhyLost(Exception error)
    {
        string? reason = null;
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            reason = cause switch
            {
                SocketException or IOException and not EndOfStreamException => cause.Message,
                EndOfStreamException => "the server closed it",
                _ => reason,
            };
        }

        return reason;
    }
}
