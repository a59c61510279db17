using System.Globalization;
using System.Security.Cryptography;

namespace Pipe.Platform;

/// <summary>The OpenSSL that is linked into the executable.</summary>
internal static class OpenSsl
{
    /// <summary>Its version, such as "3.0.17".</summary>
    public static string Version
    {
        get
        {
            // OPENSSL_VERSION_NUMBER(3): 0xMNN00PP0.
            long number = SafeEvpPKeyHandle.OpenSslVersion;
            return string.Create(CultureInfo.InvariantCulture, $"{number >> 28}.{(number >> 20) & 0xFF}.{(number >> 4) & 0xFF}");
        }
    }
}
