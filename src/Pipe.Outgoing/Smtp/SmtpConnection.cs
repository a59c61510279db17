using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pipe.Outgoing.Smtp;

/// <summary>The bytes and lines of one SMTP connection.</summary>
internal sealed class SmtpConnection : IDisposable
{
    // RFC 5321 section 4.5.3.1.5 allows 512; some servers' greetings and EHLO lines are longer.
    private const int MaxLineLength = 4096;
    private const int MaxReplyLines = 200;

    private readonly byte[] _buffer = new byte[MaxLineLength];
    private readonly string _server;
    private readonly TimeSpan _timeout;
    private Stream _stream;
    private int _start;
    private int _end;

    private SmtpConnection(Socket socket, SmtpAccount account)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _server = account.ToString();
        _timeout = account.ReplyTimeout;
    }

    public bool IsEncrypted => _stream is SslStream;

    /// <exception cref="MailTransportException">Nobody answers.</exception>
    public static SmtpConnection Open(SmtpAccount account)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var timeout = new CancellationTokenSource(account.ConnectTimeout);
            socket.ConnectAsync(account.Host, account.Port, timeout.Token).AsTask().GetAwaiter().GetResult();
            socket.ReceiveTimeout = socket.SendTimeout = (int)account.ReplyTimeout.TotalMilliseconds;
            return new SmtpConnection(socket, account);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            socket.Dispose();
            string reason = e is OperationCanceledException ? "no answer" : e.Message;
            throw new MailTransportException($"{account} cannot be reached: {reason}", e);
        }
    }

    /// <summary>Goes on in TLS; the certificate has to be valid for the server's name.</summary>
    /// <exception cref="MailTransportException">It is not, or the server speaks no TLS.</exception>
    public void StartTls(SmtpAccount account)
    {
        // What came in the clear behind the reply to STARTTLS may be anybody's (RFC 3207 section 6).
        if (_start < _end)
            throw new MailTransportException($"{_server} sent data before TLS began");

        var tls = new SslStream(_stream);
        try
        {
            tls.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = account.Host,
                CertificateChainPolicy = PolicyOf(account),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            });
            _stream = tls;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            tls.Dispose();
            throw new MailTransportException($"{_server} has no valid TLS certificate or speaks no TLS: {e.Message}", e);
        }
    }

    /// <summary>Sends a command and returns the reply.</summary>
    /// <param name="command">The line without its end; it is never logged.</param>
    /// <exception cref="IOException">The connection ended or timed out.</exception>
    public SmtpReply Execute(string command)
    {
        // Nothing that comes from a message may begin a second command.
        if (command.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new MailTransportException("a line end in an SMTP command");
        if (!System.Text.Ascii.IsValid(command))
            throw new MailTransportException($"{_server} is not sent to addresses beyond ASCII (SMTPUTF8)");
        Write(Encoding.ASCII.GetBytes(command + "\r\n"));
        return ReadReply();
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _stream.Flush();
    }

    public SmtpReply ReadReply()
    {
        var lines = new List<string>();
        long started = Stopwatch.GetTimestamp();
        while (lines.Count < MaxReplyLines)
        {
            string line = ReadLine(started);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
                throw new IOException("no SMTP reply was sent");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, lines);
        }

        throw new IOException("a reply without end was sent");
    }

    public void Dispose() => _stream.Dispose();

    private static X509ChainPolicy? PolicyOf(SmtpAccount account)
    {
        if (account.CaFile is null)
            return null;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(account.CaFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MailTransportException($"the certificates in {account.CaFile} cannot be read", e);
        }

        return policy;
    }

    private string ReadLine(long started)
    {
        while (true)
        {
            var unread = _buffer.AsSpan(_start, _end - _start);
            int lineFeed = unread.IndexOf((byte)'\n');
            if (lineFeed >= 0)
            {
                _start += lineFeed + 1;
                return Encoding.Latin1.GetString(unread[..lineFeed].TrimEnd((byte)'\r'));
            }

            unread.CopyTo(_buffer);
            _end = unread.Length;
            _start = 0;
            if (_end == _buffer.Length)
                throw new IOException("a line without end was sent");

            // The time-out of the socket is for each piece; a server that sends a byte now and then would hold us for ever.
            if (Stopwatch.GetElapsedTime(started) > _timeout)
                throw new IOException("no whole reply was sent in time");
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                throw new IOException("the connection was closed");
            _end += read;
        }
    }
}
