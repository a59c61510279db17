using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Pipe.MySql.Session;

/// <summary>A socket, encrypted or not, whose every operation ends by a deadline.</summary>
internal sealed class Transport : IDisposable
{
    private readonly Socket _socket;
    private readonly DeadlineStream _plain;
    private SslStream? _tls;

    private Transport(Socket socket, Deadline deadline)
    {
        _socket = socket;
        _plain = new DeadlineStream(socket) { Deadline = deadline };
    }

    public bool IsEncrypted => _tls is not null;

    public bool IsLocalSocket => _socket.AddressFamily == AddressFamily.Unix;

    private Stream Stream => _tls is null ? _plain : _tls;

    public Deadline Deadline
    {
        get => _plain.Deadline;
        set => _plain.Deadline = value;
    }

    /// <summary>Asked once when the deadline has passed, or the caller has cancelled, while we wait for the server.</summary>
    public Interruption? Interruption
    {
        get => _plain.Interruption;
        set => _plain.Interruption = value;
    }

    public static Transport Connect(EndPoint endPoint, Deadline connectDeadline, Deadline deadline, uint keepAliveSeconds)
    {
        var socket = CreateSocket(endPoint, keepAliveSeconds);
        try
        {
            SocketConnector.Connect(socket, endPoint, connectDeadline);
            return new Transport(socket, deadline);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task<Transport> ConnectAsync(
        EndPoint endPoint, Deadline connectDeadline, Deadline deadline, uint keepAliveSeconds, CancellationToken cancellationToken)
    {
        var socket = CreateSocket(endPoint, keepAliveSeconds);
        try
        {
            await SocketConnector.ConnectAsync(socket, endPoint, connectDeadline, cancellationToken).ConfigureAwait(false);
            return new Transport(socket, deadline);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void StartTls(SslClientAuthenticationOptions options)
    {
        _tls = new SslStream(_plain, leaveInnerStreamOpen: true);
        try
        {
            _tls.AuthenticateAsClient(options);
        }
        catch (Exception ex) when (ex is AuthenticationException or IOException or SocketException)
        {
            throw MySqlException.Tls("TLS could not be set up with the server: " + ex.Message, ex);
        }
    }

    public async Task StartTlsAsync(SslClientAuthenticationOptions options)
    {
        _tls = new SslStream(_plain, leaveInnerStreamOpen: true);
        try
        {
            // The deadline stream ends the wait; cancelling a TLS stream in the middle would only hide why.
            await _tls.AuthenticateAsClientAsync(options, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is AuthenticationException or IOException or SocketException)
        {
            throw MySqlException.Tls("TLS could not be set up with the server: " + ex.Message, ex);
        }
    }

    public int Receive(Span<byte> buffer)
    {
        try
        {
            return Stream.Read(buffer);
        }
        catch (Exception ex) when (IsLost(ex))
        {
            throw MySqlException.ConnectionLost(ex);
        }
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await Stream.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception ex) when (IsLost(ex))
        {
            throw MySqlException.ConnectionLost(ex);
        }
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stream.Write(bytes);
        }
        catch (Exception ex) when (IsLost(ex))
        {
            throw MySqlException.ConnectionLost(ex);
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await Stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception ex) when (IsLost(ex))
        {
            throw MySqlException.ConnectionLost(ex);
        }
    }

    public void Dispose()
    {
        // Without a TLS closing alert: it could block, and the protocol has its own COM_QUIT.
        _socket.Dispose();
        _tls?.Dispose();
    }

    private static bool IsLost(Exception exception) => exception is IOException or SocketException or ObjectDisposedException;

    private static Socket CreateSocket(EndPoint endPoint, uint keepAliveSeconds)
    {
        if (endPoint is UnixDomainSocketEndPoint)
            return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (keepAliveSeconds > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Math.Min(keepAliveSeconds, int.MaxValue));
        }
        return socket;
    }
}
