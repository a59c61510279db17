using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipe.Tests.Deliveries;

/// <summary>A TCP server on loopback that says the same to everybody who connects, in the place of a database server.</summary>
internal sealed class FakeDatabase : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _greeting;
    private readonly bool _closes;
    private readonly List<Socket> _open = [];

    private FakeDatabase(byte[] greeting, bool closes)
    {
        _greeting = greeting;
        _closes = closes;
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <summary>As DBHOST names it.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Says something else than MySQL's protocol, and closes the connection.</summary>
    public static FakeDatabase Saying(string text) => new(Encoding.ASCII.GetBytes(text), closes: true);

    /// <summary>Takes connections and says nothing.</summary>
    public static FakeDatabase Silent() => new([], closes: false);

    /// <summary>Sends an error in the place of the greeting.</summary>
    public static FakeDatabase Refusing(int error, string message)
    {
        byte[] payload = [0xFF, (byte)error, (byte)(error >> 8), .. "#HY000"u8, .. Encoding.ASCII.GetBytes(message)];
        return new(Packet(payload), closes: true);
    }

    /// <summary>Greets as a server whose accounts have a kind of password that the driver does not know.</summary>
    public static FakeDatabase WithPasswordsOf(string method)
    {
        // Protocol 10: version, thread, 8 bytes of the challenge, capabilities (plug-ins, 4.1), charset, status, the rest of both.
        byte[] payload =
        [
            10, .. "8.0.0\0"u8, 1, 0, 0, 0, .. "12345678\0"u8, 0x00, 0x82, 33, 2, 0, 0x08, 0x00, 21, .. new byte[10], .. "123456789012\0"u8,
            .. Encoding.ASCII.GetBytes(method), 0,
        ];
        return new(Packet(payload), closes: false);
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_open)
            _open.ForEach(socket => socket.Dispose());
    }

    private static byte[] Packet(byte[] payload)
    {
        byte[] header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
        return [.. header, .. payload];
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                socket.Send(_greeting);
                if (_closes)
                    socket.Shutdown(SocketShutdown.Both);
                lock (_open)
                    _open.Add(socket);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }
}
