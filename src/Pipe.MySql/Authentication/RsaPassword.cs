using System.Security.Cryptography;
using System.Text;

namespace Pipe.MySql.Authentication;

/// <summary>The password as caching_sha2_password and sha256_password send it when the hash alone does not do.</summary>
internal static class RsaPassword
{
    /// <summary>The password and a NUL, for a connection that nobody can read.</summary>
    public static byte[] Clear(in AuthenticationContext context) => Encoding.UTF8.GetBytes(context.Password + "\0");

    /// <summary>The password and a NUL, XORed with the scramble, encrypted with the server's key.</summary>
    public static byte[] Encrypt(in AuthenticationContext context, string publicKeyPem)
    {
        var bytes = Clear(context);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] ^= context.Scramble[i % context.Scramble.Length];
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(publicKeyPem);
            return rsa.Encrypt(bytes, RSAEncryptionPadding.OaepSHA1);
        }
        catch (Exception ex) when (ex is ArgumentException or CryptographicException)
        {
            throw MySqlException.Authentication(Session.ErrorNumber.AuthPlugin, "The server's RSA key cannot be used.", ex);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public static string ReadKeyFile(in AuthenticationContext context)
    {
        try
        {
            return File.ReadAllText(context.PublicKeyFile);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw MySqlException.Authentication(
                Session.ErrorNumber.AuthPlugin, $"The server's RSA key '{context.PublicKeyFile}' cannot be read.", ex);
        }
    }

    // Whoever sits between us and the server can hand out a key of his own and so read the password.
    public static void ThrowIfKeyMayNotBeAsked(in AuthenticationContext context, string plugin)
    {
        if (!context.MayAskForPublicKey && !context.IsLocalSocket)
            throw MySqlException.Authentication(Session.ErrorNumber.AuthPlugin,
                $"{plugin} needs TLS, the server's RSA key in a file (ServerRsaPublicKeyFile), or leave to ask the server for it "
                + "(AllowPublicKeyRetrieval=true).");
    }
}
