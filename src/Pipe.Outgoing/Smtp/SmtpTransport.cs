namespace Pipe.Outgoing.Smtp;

/// <summary>Hands mail to an SMTP server; all mails of a run share one connection.</summary>
internal sealed class SmtpTransport(SmtpAccount account) : IMailTransport, IDisposable
{
    private SmtpSession? _session;

    public void Send(MailEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        _session ??= SmtpSession.Open(account);
        try
        {
            _session.Send(envelope, message.Span);
        }
        catch (MailTransportException)
        {
            // Whatever state it is in, the next mail gets a fresh connection.
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }
}
