using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Pipe.Outgoing.Smtp;

/// <summary>The bytes of a connection, on which nothing takes for ever and no reply is endless.</summary>
/// <remarks>
/// A time-out of the socket is for each piece; a server that sends a byte now and then would hold us with it. And all calls wait on
/// the thread that makes them: MailKit's way to connect starts four more, and the session takes 4 ms of processor time instead of 2.
/// </remarks>
internal sealed class SmtpStream : NetworkStream
{
    // With room for the certificates of a TLS handshake.
    private const int MaxReplyBytes = 64 * 1024;
    private const int MinBytesPerSecond = 4 * 1024;

    private readonly TimeSpan _timeout;
    private bool _isReading;
    private int _received;
    private long _startedAt;
    private TimeSpan _limit;

    private SmtpStream(Socket socket, TimeSpan timeout)
        : base(socket, ownsSocket: true)
    {
        _timeout = timeout;
        Begin(isReading: true);
    }

    /// <summary>False: whoever uses it has no time-outs of its own to set.</summary>
    public override bool CanTimeout => false;

    /// <summary>Connects to the first address of the server that answers.</summary>
    /// <exception cref="MailTransportException">None does.</exception>
    public static SmtpStream Open(SmtpAccount account)
    {
        try
        {
            return new SmtpStream(Connect(account), account.ReplyTimeout);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new MailTransportException($"{account} cannot be reached: {e.Message}", e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!_isReading)
            Begin(isReading: true);
        Socket.ReceiveTimeout = MillisecondsLeft("no whole reply was sent in time");
        int read = Socket.Receive(buffer.AsSpan(offset, count), SocketFlags.None, out var error);
        Check(error, "no whole reply was sent in time");
        if ((_received += read) > MaxReplyBytes)
            throw new IOException("a reply without end was sent");
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_isReading)
            Begin(isReading: false);
        _limit += TimeSpan.FromSeconds((double)count / MinBytesPerSecond);
        while (count > 0)
        {
            Socket.SendTimeout = Math.Min((int)_timeout.TotalMilliseconds, MillisecondsLeft("what we send is not taken in time"));
            int sent = Socket.Send(buffer.AsSpan(offset, count), SocketFlags.None, out var error);
            Check(error, "what we send is not taken in time");
            offset += sent;
            count -= sent;
        }
    }

    private static Socket Connect(SmtpAccount account)
    {
        long startedAt = Stopwatch.GetTimestamp();
        SocketException? failure = null;
        foreach (var address in Resolve(account))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                // On Linux it limits connect(2) as well (socket(7)).
                var left = account.ConnectTimeout - Stopwatch.GetElapsedTime(startedAt);
                socket.SendTimeout = Math.Max(1, (int)left.TotalMilliseconds);
                socket.Connect(address, account.Port);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch (ArgumentException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    // Nothing limits the time of a look-up, so it has a thread of its own that can be left alone.
    private static IPAddress[] Resolve(SmtpAccount account)
    {
        ArgumentException.ThrowIfNullOrEmpty(account.Host);
        if (IPAddress.TryParse(account.Host, out var literal))
            return [literal];
        var lookup = Task.Factory.StartNew(
            () => Dns.GetHostAddresses(account.Host), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WaitAny([lookup], account.ConnectTimeout) < 0
            ? throw new SocketException((int)SocketError.TimedOut)
            : lookup.GetAwaiter().GetResult();
    }

    private void Begin(bool isReading)
    {
        _isReading = isReading;
        _received = 0;
        _startedAt = Stopwatch.GetTimestamp();
        _limit = _timeout;
    }

    private int MillisecondsLeft(string failure)
    {
        var left = _limit - Stopwatch.GetElapsedTime(_startedAt);
        return left > TimeSpan.Zero ? Math.Max(1, (int)left.TotalMilliseconds) : throw new IOException(failure);
    }

    private static void Check(SocketError error, string timeout)
    {
        if (error == SocketError.TimedOut)
            throw new IOException(timeout);
        if (error != SocketError.Success)
            throw new IOException(new SocketException((int)error).Message);
    }
}
