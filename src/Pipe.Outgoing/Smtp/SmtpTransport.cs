using System.Diagnostics;

namespace Pipe.Outgoing.Smtp;

/// <summary>Hands mail to an SMTP server; all mails of a run share one connection.</summary>
internal sealed class SmtpTransport(SmtpAccount account) : IMailTransport, IDisposable
{
    // Waiting once for a server that is not there is enough for all mails of a message.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private SmtpSession? _session;
    private MailTransportException? _failure;
    private long _failedAt;

    public void Send(MailEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        if (_session is { } open && !open.IsFor(envelope))
            Dispose();
        var session = _session ??= Open();
        try
        {
            session.Send(envelope, message.Span);
        }
        catch
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

    private SmtpSession Open()
    {
        if (_failure is not null && Stopwatch.GetElapsedTime(_failedAt) < Pause)
            throw new MailTransportException(_failure.Message, _failure);
        try
        {
            return SmtpSession.Open(account);
        }
        catch (MailTransportException e)
        {
            _failure = e;
            _failedAt = Stopwatch.GetTimestamp();
            throw;
        }
    }
}
