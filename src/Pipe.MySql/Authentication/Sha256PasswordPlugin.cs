using System.Text;

namespace Pipe.MySql.Authentication;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods.html, SHA256
internal sealed class Sha256PasswordPlugin : AuthenticationPlugin
{
    private const byte RequestPublicKey = 0x01;

    public override byte[] Respond(in AuthenticationContext context)
    {
        if (context.Password.Length == 0)
            return [0];
        if (context.IsEncrypted)
            return RsaPassword.Clear(context);
        if (context.PublicKeyFile.Length > 0)
            return RsaPassword.Encrypt(context, RsaPassword.ReadKeyFile(context));

        RsaPassword.ThrowIfKeyMayNotBeAsked(context, "sha256_password");
        return [RequestPublicKey];
    }

    public override byte[]? Continue(in AuthenticationContext context, ReadOnlySpan<byte> data) =>
        RsaPassword.Encrypt(context, Encoding.ASCII.GetString(data));
}
