using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipe.MySql.Tests;

/// <summary>A server on a loopback port that plays one scripted conversation, for what real servers here rarely or never do.</summary>
/// <remarks>The packets are written from the public protocol documentation, by code that shares nothing with the client's.</remarks>
internal sealed class FakeMySqlServer : IDisposable
{
    public const uint MySql8Capabilities = 0xDFFF_F7FF & ~0x20u; // everything but TLS and compression

    public static readonly byte[] Scramble = "abcdefghij0123456789"u8.ToArray();

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _conversation;

    public FakeMySqlServer(Action<FakeMySqlServer> script)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _conversation = Task.Factory.StartNew(
            () =>
            {
                Connection = _listener.Accept();
                try
                {
                    script(this);
                    // The client closes; what it still says is COM_QUIT.
                    Connection.ReceiveTimeout = 60_000;
                    while (Connection.Receive(new byte[1024]) > 0)
                    {
                    }
                }
                catch (SocketException)
                {
                    // The client broke off, as some tests want.
                }
                finally
                {
                    Connection.Dispose();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    public Socket Connection { get; private set; } = null!;

    public byte Sequence { get; set; }

    public string ConnectionString => $"Server=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndPoint!).Port};User ID=u;Password=secret;ConnectionTimeout=60;SslMode=Preferred";

    public static byte[] Greeting(string plugin, uint capabilities = MySql8Capabilities & ~0x800u, string version = "8.4.0") =>
    [
        10, .. Encoding.ASCII.GetBytes(version), 0, 1, 0, 0, 0, .. Scramble[..8], 0,
        (byte)capabilities, (byte)(capabilities >> 8), 45, 2, 0, (byte)(capabilities >> 16), (byte)(capabilities >> 24), 21,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Scramble[8..], 0, .. Encoding.ASCII.GetBytes(plugin), 0,
    ];

    public static byte[] Ok(ushort status = 2) => [0, 0, 0, (byte)status, (byte)(status >> 8), 0, 0];

    public static byte[] Error(ushort code, string state, string message) =>
        [0xFF, (byte)code, (byte)(code >> 8), (byte)'#', .. Encoding.ASCII.GetBytes(state), .. Encoding.UTF8.GetBytes(message)];

    /// <summary>Ends the script; an assertion that failed in it fails the test.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        try
        {
            _conversation.Wait(TimeSpan.FromSeconds(20));
        }
        catch (AggregateException ex) when (ex.InnerException is SocketException or ObjectDisposedException)
        {
            // Nobody connected.
        }
    }

    public void Send(params byte[] payload)
    {
        var packet = new byte[4 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(packet, payload.Length | (Sequence++ << 24));
        payload.CopyTo(packet, 4);
        Connection.Send(packet);
    }

    public byte[] Receive()
    {
        var header = new byte[4];
        ReceiveExactly(header);
        var payload = new byte[header[0] | (header[1] << 8) | (header[2] << 16)];
        ReceiveExactly(payload);
        Sequence = (byte)(header[3] + 1);
        return payload;
    }

    /// <summary>The response to the scramble in a handshake response.</summary>
    public static byte[] ResponseIn(byte[] handshakeResponse)
    {
        var at = 32;
        while (handshakeResponse[at] != 0)
            at++;
        var length = handshakeResponse[at + 1];
        return handshakeResponse[(at + 2)..(at + 2 + length)];
    }

    private void ReceiveExactly(byte[] buffer)
    {
        for (var at = 0; at < buffer.Length;)
        {
            var read = Connection.Receive(buffer.AsSpan(at));
            if (read == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            at += read;
        }
    }
}
