using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MimeKit;

namespace Pipe.Outgoing.Smtp;

/// <summary>MailKit's client with an account's authorities, for messages that are sent as they are.</summary>
internal sealed class AccountClient : SmtpClient
{
    private readonly SmtpAccount _account;

    public AccountClient(SmtpAccount account, SmtpProgress progress)
        : base(progress)
    {
        _account = account;

        // Asking the authority takes another connection, which a server behind a firewall may not have.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = Judge;
    }

    /// <summary>What is wrong with the server's certificate; <c>null</c> for nothing.</summary>
    public string? CertificateErrors { get; private set; }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        var options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        options.CertificateChainPolicy = Authorities();
        return options;
    }

    // A message is composed once, for any server; encoding its parts anew would change it.
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None)
            CertificateErrors = string.Join(", ", [errors.ToString(), .. chain?.ChainStatus.Select(status => status.Status.ToString()) ?? []]);
        return errors == SslPolicyErrors.None;
    }

    private X509ChainPolicy? Authorities()
    {
        if (_account.CaFile is null)
            return null;

        try
        {
            return TrustedAuthorities.Only(_account.CaFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MailTransportException($"the certificates in {_account.CaFile} cannot be read", e);
        }
    }
}
