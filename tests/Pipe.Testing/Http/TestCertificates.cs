using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pipe.Testing.Http;

/// <summary>A certificate authority of our own, and server certificates signed by it.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    /// <summary>Makes a new authority.</summary>
    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>The authority's certificate as a PEM file holds it.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A certificate for a server.</summary>
    /// <param name="host">The name that it is for.</param>
    /// <param name="expired">Whether its time is over.</param>
    public X509Certificate2 CreateServer(string host = "localhost", bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var end = DateTimeOffset.UtcNow.AddDays(expired ? -1 : 10);
        using var signed = request.Create(_authority, DateTimeOffset.UtcNow.AddDays(-10), end, RandomNumberGenerator.GetBytes(8));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();
}
