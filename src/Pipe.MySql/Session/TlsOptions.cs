using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pipe.MySql.Session;

/// <summary>Turns the TLS part of a connection string into what <see cref="SslStream"/> wants.</summary>
internal static class TlsOptions
{
    public static SslClientAuthenticationOptions Create(ConnectionOptions options, string host)
    {
        try
        {
            var authorities = options.SslCa.Length > 0 ? LoadAuthorities(options.SslCa) : null;
            var result = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = ParseVersions(options.TlsVersion),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, certificate, presented, errors) =>
                    IsTrusted(options.SslMode, authorities, certificate as X509Certificate2, presented, errors),
            };
            if (options.SslCert.Length > 0 || options.SslKey.Length > 0)
            {
                if (options.SslCert.Length == 0 || options.SslKey.Length == 0)
                    throw MySqlException.Tls("A client certificate needs both SslCert and SslKey.");
                var certificate = X509Certificate2.CreateFromPemFile(options.SslCert, options.SslKey);
                result.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
            }
            return result;
        }
        catch (Exception ex) when (ex is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw MySqlException.Tls("The TLS certificates of the connection string cannot be read: " + ex.Message, ex);
        }
    }

    private static X509Certificate2Collection LoadAuthorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities.Count > 0 ? authorities : throw MySqlException.Tls($"There is no certificate in '{path}'.");
    }

    private static bool IsTrusted(
        MySqlSslMode mode, X509Certificate2Collection? authorities, X509Certificate2? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (mode < MySqlSslMode.VerifyCA)
            return true;
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return false;
        if (mode == MySqlSslMode.VerifyFull && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        if (authorities is null)
            return !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore); // the server's intermediates
        return chain.Build(certificate);
    }

    private static SslProtocols ParseVersions(string text)
    {
        var versions = SslProtocols.None;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            versions |= part.Trim('(', ')').Trim().ToUpperInvariant() switch
            {
                "TLS 1.2" or "TLSV1.2" or "TLS12" or "TLSV12" => SslProtocols.Tls12,
                "TLS 1.3" or "TLSV1.3" or "TLS13" or "TLSV13" => SslProtocols.Tls13,
                _ => throw MySqlException.Tls("TLS versions other than 1.2 and 1.3 are not supported."),
            };
        }
        return versions;
    }
}
