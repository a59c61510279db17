using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pipe.Tickets;

/// <summary>Whom to believe that a server is who it says it is, where the settings name a file of certificates.</summary>
public static class TrustedAuthorities
{
    /// <summary>Trusts the certificates of a file, and no others: not those of the system.</summary>
    /// <param name="file">The file (PEM).</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="CryptographicException">The file holds no certificate, or one that is damaged.</exception>
    public static X509ChainPolicy Only(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("holds no certificate");
    }
}
