using System.Net;
using System.Net.Sockets;

namespace Pipe.MySql.Tests;

/// <summary>Passes one connection on to a server and keeps what the server says.</summary>
internal sealed class RecordingProxy : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly MemoryStream _recorded = new();
    private readonly Thread _answers;

    public RecordingProxy(int serverPort)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _answers = new Thread(() =>
        {
            using var client = _listener.Accept();
            using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            server.Connect(IPAddress.Loopback, serverPort);
            var requests = new Thread(() => Copy(client, server, copy: null)) { IsBackground = true };
            requests.Start();
            Copy(server, client, _recorded);
            requests.Join();
        })
        { IsBackground = true };
        _answers.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>All that the server has said, once the connection has ended.</summary>
    public byte[] FromServer()
    {
        _answers.Join();
        return _recorded.ToArray();
    }

    public void Dispose() => _listener.Dispose();

    private static void Copy(Socket from, Socket to, Stream? copy)
    {
        var buffer = new byte[65536];
        try
        {
            for (int read; (read = from.Receive(buffer)) > 0;)
            {
                copy?.Write(buffer, 0, read);
                to.Send(buffer.AsSpan(0, read));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client closes without waiting for the server.
        }
    }
}
