using System.Net;
using System.Net.Sockets;

namespace Pipe.MySql.Session;

/// <summary>Connects a socket by a deadline.</summary>
internal static class SocketConnector
{
    public static void Connect(Socket socket, EndPoint endPoint, Deadline deadline)
    {
        // Linux applies the send time-out to connect(2) too, and the socket stays a blocking one. A socket that was
        // once non-blocking would make the runtime start its event loop and a thread for every later call.
        if (OperatingSystem.IsLinux())
        {
            socket.SendTimeout = deadline.RemainingMilliseconds;
            socket.Connect(endPoint);
            socket.SendTimeout = 0;
            return;
        }

        socket.Blocking = false;
        try
        {
            socket.Connect(endPoint);
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!socket.Poll(deadline.Remaining, SelectMode.SelectWrite))
                throw new SocketException((int)SocketError.TimedOut);
            if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
                throw new SocketException(error);
        }
        socket.Blocking = true;
    }

    public static async Task ConnectAsync(Socket socket, EndPoint endPoint, Deadline deadline, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(deadline.Remaining);
        try
        {
            await socket.ConnectAsync(endPoint, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }
}
