using System.Text;

namespace Pipe.MySql.Authentication;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html
internal sealed class CachingSha2PasswordPlugin : AuthenticationPlugin
{
    private const byte RequestPublicKey = 0x02;
    private const byte FastAuthenticationSucceeded = 0x03;
    private const byte PerformFullAuthentication = 0x04;
    private bool _keyRequested;

    public override byte[] Respond(in AuthenticationContext context)
    {
        if (context.Password.Length == 0)
            return [];

        // SHA256(password) XOR SHA256(SHA256(SHA256(password)) + scramble)
        var once = Sha256.HashData(Encoding.UTF8.GetBytes(context.Password));
        var response = Sha256.HashData([.. Sha256.HashData(once), .. context.Scramble]);
        for (var i = 0; i < response.Length; i++)
            response[i] ^= once[i];
        return response;
    }

    public override byte[]? Continue(in AuthenticationContext context, ReadOnlySpan<byte> data)
    {
        if (_keyRequested)
            return RsaPassword.Encrypt(context, Encoding.ASCII.GetString(data));

        switch (data)
        {
            case [FastAuthenticationSucceeded]:
                return null;
            case [PerformFullAuthentication] when context.IsEncrypted || context.IsLocalSocket:
                return RsaPassword.Clear(context);
            case [PerformFullAuthentication] when context.PublicKeyFile.Length > 0:
                return RsaPassword.Encrypt(context, RsaPassword.ReadKeyFile(context));
            case [PerformFullAuthentication]:
                RsaPassword.ThrowIfKeyMayNotBeAsked(context, "caching_sha2_password");
                _keyRequested = true;
                return [RequestPublicKey];
            default:
                return base.Continue(context, data);
        }
    }
}
