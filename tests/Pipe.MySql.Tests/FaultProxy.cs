using System.Net;
using System.Net.Sockets;

namespace Pipe.MySql.Tests;

/// <summary>Sits between client and server and spoils the conversation.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _serverPort;
    private readonly FaultPlan _plan;
    private long _fromServer;
    private long _fromClient;

    public FaultProxy(int serverPort, FaultPlan plan)
    {
        _serverPort = serverPort;
        _plan = plan;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Start(Accept);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Bytes passed from the server to the client, over all connections.</summary>
    public long FromServer => Interlocked.Read(ref _fromServer);

    /// <summary>Bytes passed from the client to the server, over all connections.</summary>
    public long FromClient => Interlocked.Read(ref _fromClient);

    public void Dispose() => _listener.Dispose();

    private static void Start(Action action) => new Thread(() =>
    {
        try
        {
            action();
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // One side has gone: that is the point.
        }
    })
    { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            var client = _listener.Accept();
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            server.Connect(IPAddress.Loopback, _serverPort);
            Start(() => Pump(client, server, ref _fromClient, _plan.CutFromClientAt, _plan with { GarbageFromServerAt = long.MaxValue }));
            Start(() => Pump(server, client, ref _fromServer, _plan.CutFromServerAt, _plan));
        }
    }

    private static void Pump(Socket from, Socket to, ref long passed, long cutAt, FaultPlan plan)
    {
        var buffer = new byte[plan.IsDribble ? 1 : 65536];
        var random = new Random(7);
        try
        {
            while (true)
            {
                var read = from.Receive(buffer);
                if (read == 0)
                    return;
                var bytes = buffer.AsSpan(0, (int)Math.Min(read, cutAt - passed));
                if (plan.Delay > TimeSpan.Zero)
                    Thread.Sleep(plan.Delay);
                for (var i = 0; i < bytes.Length; i++)
                {
                    if (passed + i >= plan.GarbageFromServerAt)
                        bytes[i] = (byte)random.Next();
                }
                Interlocked.Add(ref passed, bytes.Length);
                to.Send(bytes);
                if (passed >= cutAt)
                    return;
            }
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
