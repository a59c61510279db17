using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Pipe.Tickets.People;

namespace Pipe.Outgoing.Smtp;

/// <summary>A connection that is ready to take mail: greeted, encrypted, logged in.</summary>
internal sealed class SmtpSession : IDisposable
{
    private const int MaxReplyLength = 300;
    private const int SpareLength = 512;

    private readonly SmtpAccount _account;
    private readonly SmtpProgress _progress = new();
    private readonly AccountClient _client;
    private bool _isOpen;

    private SmtpSession(SmtpAccount account)
    {
        _account = account;
        _client = new AccountClient(account, _progress);
    }

    /// <exception cref="MailTransportException">The server is not there, or does not take our mail.</exception>
    public static SmtpSession Open(SmtpAccount account)
    {
        var session = new SmtpSession(account);
        try
        {
            session.Connect();
            session.LogIn();
            session._isOpen = true;
            return session;
        }
        catch (Exception e) when (session.Explain(e) is { } reason)
        {
            session.Dispose();
            throw new MailTransportException(reason, e);
        }
    }

    /// <summary>Whether mail with these addresses can be sent here.</summary>
    public bool IsFor(MailEnvelope envelope) => IsAscii(envelope) || _client.Capabilities.HasFlag(SmtpCapabilities.UTF8);

    /// <summary>Sends one mail in a transaction of its own.</summary>
    /// <exception cref="MailTransportException">It was not taken, or nobody knows.</exception>
    public void Send(MailEnvelope envelope, ReadOnlySpan<byte> message)
    {
        if (!IsFor(envelope))
        {
            throw new MailTransportException(
                $"{_account} does not offer SMTPUTF8, which mail from {envelope.Sender} to {envelope.Recipient} needs");
        }

        // MailKit uses the extension wherever it is offered, "xn--" domains become Unicode, and a server further on that lacks it has
        // to refuse the mail. Once taken away it comes back with a new connection only.
        if (IsAscii(envelope))
            _client.Capabilities &= ~SmtpCapabilities.UTF8;

        _progress.HasMessageBegun = false;
        try
        {
            Transmit(envelope, message);
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            throw new MailTransportException(reason, e) { MayHaveBeenSent = _progress.HasMessageBegun && !IsRefusal(e) };
        }
    }

    public void Dispose()
    {
        _client.Disconnect(quit: true);
        _client.Dispose();
    }

    private void Connect()
    {
        var security = _account.Security switch
        {
            SmtpSecurity.None => SecureSocketOptions.None,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.Auto,
        };
        var stream = SmtpStream.Open(_account);
        try
        {
            _client.Connect(stream, _account.Host, _account.Port, security);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // XOAUTH2 where there is a token; else PLAIN (RFC 4616), which is one round trip; else LOGIN; else the best that both sides know.
    private void LogIn()
    {
        if (_account.User.Length == 0)
            return;
        if (!_client.IsSecure && _account.Security != SmtpSecurity.None)
            throw new MailTransportException($"{_account} does not offer TLS, and the password is not sent without");

        if (_account.AccessToken.Length > 0)
            _client.Authenticate(new SaslMechanismOAuth2(_account.User, _account.AccessToken));
        else if (_client.AuthenticationMechanisms.Contains("PLAIN"))
            _client.Authenticate(new SaslMechanismPlain(_account.User, _account.Password));
        else if (_client.AuthenticationMechanisms.Contains("LOGIN"))
            _client.Authenticate(new SaslMechanismLogin(_account.User, _account.Password));
        else
            _client.Authenticate(_account.User, _account.Password);
    }

    private void Transmit(MailEnvelope envelope, ReadOnlySpan<byte> message)
    {
        using var content = new MemoryStream(message.Length + SpareLength);
        content.Write(SenderField(envelope));
        WriteLines(content, message);
        content.Position = 0;
        using var parsed = MimeMessage.Load(ParserOptions.Default, content, persistent: true);

        // A From beyond ASCII needs SMTPUTF8 whatever the envelope is. MimeKit then writes header fields anew, to the same meaning.
        var format = FormatOptions.Default.Clone();
        format.International = !Ascii.IsValid(envelope.Sender);
        _client.Send(format, parsed, Mailbox(SenderOf(envelope)), [Mailbox(envelope.Recipient)], progress: _progress);
    }

    private string SenderOf(MailEnvelope envelope) =>
        _account.Address.Length > 0 ? AsciiAddress.Of(_account.Address) : envelope.Sender;

    private bool IsAscii(MailEnvelope envelope) =>
        Ascii.IsValid(envelope.Sender) && Ascii.IsValid(envelope.Recipient) && Ascii.IsValid(SenderOf(envelope));

    // Who sends for another says so (RFC 5322 section 3.6.2).
    private byte[] SenderField(MailEnvelope envelope) =>
        string.Equals(SenderOf(envelope), envelope.Sender, StringComparison.OrdinalIgnoreCase)
            ? []
            : Encoding.UTF8.GetBytes($"Sender: {SenderOf(envelope)}\r\n");

    // Any line end is one: to a server that takes a lone CR or LF for it, the text behind would be commands.
    private static void WriteLines(MemoryStream output, ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            int end = message.IndexOfAny((byte)'\r', (byte)'\n');
            output.Write(end < 0 ? message : message[..end]);
            output.Write("\r\n"u8);
            message = end < 0 ? [] : message[(message[end..].StartsWith("\r\n"u8) ? end + 2 : end + 1)..];
        }
    }

    // Nothing but an address gets into a command.
    private static MailboxAddress Mailbox(string address)
    {
        if (address.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
            throw new MailTransportException("a control character in an address");
        return Mailboxes.Of("", address);
    }

    // A reply of 4xx or 5xx to the message is a promise that the server does not have it.
    private static bool IsRefusal(Exception e) =>
        e is ServiceNotAuthenticatedException or SmtpCommandException { StatusCode: >= (SmtpStatusCode)400 and < (SmtpStatusCode)600 };

    // What has gone wrong, in a sentence for the log; null for what is a mistake of ours.
    private string? Explain(Exception e) => e switch
    {
        MailTransportException => e.Message,
        SslHandshakeException { InnerException: MailTransportException inner } => inner.Message,
        SslHandshakeException => $"{_account} has no valid TLS certificate or speaks no TLS: {_client.CertificateErrors ?? (e.InnerException ?? e).Message}",
        AuthenticationException => $"{_account} refuses the account {_account.User}: {Line(e.Message)}",
        SmtpCommandException refusal => $"{_account} answers {PhaseOf(refusal)} with {(int)refusal.StatusCode} {Line(e.Message)}",
        ServiceNotAuthenticatedException => $"{_account} answers with 530 {Line(e.Message)}",
        ProtocolException or IOException or NotSupportedException or FormatException => $"{_account}: {Line(e.Message)}",
        _ => null,
    };

    private string PhaseOf(SmtpCommandException refusal) => refusal.ErrorCode switch
    {
        SmtpErrorCode.SenderNotAccepted => "MAIL FROM",
        SmtpErrorCode.RecipientNotAccepted => "RCPT TO",
        SmtpErrorCode.MessageNotAccepted => "the message",
        _ => _isOpen ? "DATA" : _progress.Phase,
    };

    private static string Line(string reply)
    {
        string line = reply.ReplaceLineEndings(" ");
        return line.Length > MaxReplyLength ? line[..MaxReplyLength] : line;
    }
}
