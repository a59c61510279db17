namespace Pipe.Outgoing;

/// <summary>A way to hand a mail to a mail system.</summary>
internal interface IMailTransport
{
    /// <summary>Hands the mail over and returns when the mail system has it.</summary>
    /// <exception cref="MailTransportException">The mail system does not have it, or nobody knows.</exception>
    void Send(MailEnvelope envelope, ReadOnlyMemory<byte> message);
}
