using System.Text;

namespace Pipe.MySql.Authentication;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html
internal sealed class NativePasswordPlugin : AuthenticationPlugin
{
    public override byte[] Respond(in AuthenticationContext context)
    {
        if (context.Password.Length == 0)
            return [];

        // SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password)))
        var once = Sha1.HashData(Encoding.UTF8.GetBytes(context.Password));
        var response = Sha1.HashData([.. context.Scramble, .. Sha1.HashData(once)]);
        for (var i = 0; i < response.Length; i++)
            response[i] ^= once[i];
        return response;
    }
}
