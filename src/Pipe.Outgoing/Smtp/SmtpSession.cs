using System.Net;
using System.Text;

namespace Pipe.Outgoing.Smtp;

/// <summary>A connection that is ready to take mail: greeted, encrypted, logged in.</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpConnection _connection;
    private readonly SmtpAccount _account;
    private string _extensions = "";
    private bool _isBroken;

    private SmtpSession(SmtpConnection connection, SmtpAccount account)
    {
        _connection = connection;
        _account = account;
    }

    /// <exception cref="MailTransportException">The server is not there, or does not take our mail.</exception>
    public static SmtpSession Open(SmtpAccount account)
    {
        var connection = SmtpConnection.Open(account);
        try
        {
            var session = new SmtpSession(connection, account);
            session.Begin();
            return session;
        }
        catch (IOException e)
        {
            connection.Dispose();
            throw new MailTransportException($"{account}: {e.Message}", e);
        }
        catch (MailTransportException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends one mail in a transaction of its own.</summary>
    /// <exception cref="MailTransportException">It was not taken, or nobody knows.</exception>
    public void Send(MailEnvelope envelope, ReadOnlySpan<byte> message)
    {
        bool wasSent = false;
        try
        {
            Require(_connection.Execute("RSET"), "RSET");
            Require(_connection.Execute($"MAIL FROM:<{SenderOf(envelope)}>"), "MAIL FROM");
            Require(_connection.Execute($"RCPT TO:<{envelope.Recipient}>"), "RCPT TO");
            var data = _connection.Execute("DATA");
            if (data.Code != 354)
                throw new MailTransportException($"{_account} answers DATA with {data}");

            // Once the end mark is under way the server may have the mail even if its answer does not arrive.
            byte[] stuffed = DotStuffing.Apply(message);
            wasSent = true;
            _connection.Write([.. SenderField(envelope), .. stuffed]);
            Require(_connection.ReadReply(), "the message");
        }
        catch (IOException e)
        {
            _isBroken = true;
            throw new MailTransportException($"{_account}: {e.Message}", e) { MayHaveBeenSent = wasSent };
        }
    }

    public void Dispose()
    {
        try
        {
            if (!_isBroken)
                _connection.Execute("QUIT");
        }
        catch (IOException)
        {
            // The mail is handed over; who hangs up first does not matter.
        }

        _connection.Dispose();
    }

    private void Begin()
    {
        if (SecurityOf(_account) == SmtpSecurity.Tls)
            _connection.StartTls(_account);
        Require(_connection.ReadReply(), "the connection");
        SayHello();
        if (_account.Security == SmtpSecurity.StartTls || (_account.Security == SmtpSecurity.Automatic && Offers("STARTTLS")))
            StartTls();
        if (_account.User.Length > 0)
            LogIn();
    }

    private void StartTls()
    {
        if (_connection.IsEncrypted)
            return;
        if (!Offers("STARTTLS"))
            throw new MailTransportException($"{_account} does not offer STARTTLS");
        Require(_connection.Execute("STARTTLS"), "STARTTLS");
        _connection.StartTls(_account);
        SayHello();
    }

    private void SayHello()
    {
        var reply = _connection.Execute($"EHLO {LocalName()}");
        if (!reply.IsPositive)
            Require(reply = _connection.Execute($"HELO {LocalName()}"), "HELO");
        _extensions = $"\n{string.Join('\n', reply.Lines)}\n".ToUpperInvariant();
    }

    // XOAUTH2 where there is a token; else PLAIN (RFC 4616), which is one round trip; else LOGIN.
    private void LogIn()
    {
        if (!_connection.IsEncrypted && _account.Security != SmtpSecurity.None)
            throw new MailTransportException($"{_account} does not offer TLS, and the password is not sent without");

        var reply = _account.AccessToken.Length > 0 ? LogInWithToken()
            : OffersMechanism("PLAIN") || !OffersMechanism("LOGIN") ? Authenticate("PLAIN", $"\0{_account.User}\0{_account.Password}")
            : LogInWithLogin();
        if (reply.Code != 235)
            throw new MailTransportException($"{_account} refuses the account {_account.User}: {reply}");
    }

    private SmtpReply LogInWithToken()
    {
        var reply = Authenticate("XOAUTH2", $"user={_account.User}\u0001auth=Bearer {_account.AccessToken}\u0001\u0001");

        // A server that refuses the token sends its reasons first and refuses once they are acknowledged.
        return reply.Code == 334 ? _connection.Execute("") : reply;
    }

    private SmtpReply LogInWithLogin()
    {
        var reply = _connection.Execute("AUTH LOGIN");
        if (reply.Code == 334)
            reply = _connection.Execute(Base64(_account.User));
        return reply.Code == 334 ? _connection.Execute(Base64(_account.Password)) : reply;
    }

    private SmtpReply Authenticate(string mechanism, string response) =>
        _connection.Execute($"AUTH {mechanism} {Base64(response)}");

    private bool Offers(string extension) => _extensions.Contains($"\n{extension}\n", StringComparison.Ordinal)
        || _extensions.Contains($"\n{extension} ", StringComparison.Ordinal);

    private bool OffersMechanism(string mechanism)
    {
        int auth = _extensions.IndexOf("\nAUTH", StringComparison.Ordinal);
        if (auth < 0)
            return false;
        string offered = _extensions[(auth + 5).._extensions.IndexOf('\n', auth + 1)];
        return Array.IndexOf(offered.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries), mechanism) >= 0;
    }

    private string SenderOf(MailEnvelope envelope) => _account.Address.Length > 0 ? _account.Address : envelope.Sender;

    // Who sends for another says so (RFC 5322 section 3.6.2).
    private byte[] SenderField(MailEnvelope envelope) =>
        string.Equals(SenderOf(envelope), envelope.Sender, StringComparison.OrdinalIgnoreCase)
            ? []
            : Encoding.ASCII.GetBytes($"Sender: {SenderOf(envelope)}\r\n");

    private void Require(SmtpReply reply, string what)
    {
        if (!reply.IsPositive)
            throw new MailTransportException($"{_account} answers {what} with {reply}");
    }

    private static SmtpSecurity SecurityOf(SmtpAccount account) =>
        account is { Security: SmtpSecurity.Automatic, Port: 465 } ? SmtpSecurity.Tls : account.Security;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // The machine's name if a domain may look like that, else an address literal (RFC 5321 section 4.1.3).
    private static string LocalName()
    {
        string name = Dns.GetHostName();
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-'))
                return "[127.0.0.1]";
        }

        return name.Length > 0 ? name : "[127.0.0.1]";
    }
}
