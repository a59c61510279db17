using System.Security.Cryptography;

namespace Pipe.Mime.Utils;

/// <summary>Utility methods for message identifiers.</summary>
public static class MimeUtils
{
    /// <summary>Makes a msg-id without angle brackets (RFC 5322 section 3.6.4) that no other call gives.</summary>
    /// <param name="domain">The right-hand side.</param>
    public static string GenerateMessageId(string domain) =>
        Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant() + "@" + domain;
}
