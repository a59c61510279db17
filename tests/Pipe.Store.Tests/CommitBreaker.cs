using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipe.Store.Tests;

/// <summary>Stands between the driver and a server, and breaks the connection when the driver commits.</summary>
internal sealed class CommitBreaker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly bool _letsThrough;

    /// <param name="serverPort">The server's port on loopback.</param>
    /// <param name="letsThrough">Whether the server hears of the commit; its answer gets lost in any case.</param>
    public CommitBreaker(int serverPort, bool letsThrough)
    {
        _serverPort = serverPort;
        _letsThrough = letsThrough;
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _listener.Dispose();

    private static int Copy(Socket from, Socket to, byte[] buffer)
    {
        int count = from.Receive(buffer);
        to.Send(buffer.AsSpan(0, count));
        return count;
    }

    // The protocol takes turns, but for the greeting, which comes first; an answer may take several reads.
    private void Serve()
    {
        using var client = _listener.AcceptSocket();
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        server.Connect(IPAddress.Loopback, _serverPort);
        byte[] buffer = new byte[1 << 20];
        while (true)
        {
            var ready = new List<Socket> { client, server };
            Socket.Select(ready, null, null, -1);
            if (ready.Contains(server) && Copy(server, client, buffer) == 0)
                return;
            if (!ready.Contains(client))
                continue;
            int count = client.Receive(buffer);
            bool commits = buffer.AsSpan(0, count).IndexOf("COMMIT"u8) >= 0;
            if (count == 0 || commits && !_letsThrough)
                return;
            server.Send(buffer.AsSpan(0, count));
            if (!commits)
                continue;
            server.Receive(buffer);
            return;
        }
    }
}
