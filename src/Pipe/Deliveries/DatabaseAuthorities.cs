using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Pipe.Deliveries;

/// <summary>Whether <c>DBSSLCA</c> vouches for a database server.</summary>
/// <remarks>
/// The driver would take a certificate of one of the system's authorities too, for whatever name, and any certificate of a server that
/// knows the password.
/// </remarks>
internal sealed class DatabaseAuthorities(string file)
{
    private readonly X509ChainPolicy _policy = TrustedAuthorities.Only(file);

    /// <summary>Examines the chain, but not the name: as PHP's client does it.</summary>
    public bool VouchFor(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server)
            return false;
        using var chain = new X509Chain { ChainPolicy = _policy };
        // The server's intermediates.
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }
}
