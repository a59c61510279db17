namespace Pipe.MySql.Authentication;

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_clear_text_password.html
internal sealed class ClearPasswordPlugin : AuthenticationPlugin
{
    public override byte[] Respond(in AuthenticationContext context) =>
        context.IsEncrypted
            ? RsaPassword.Clear(context)
            : throw MySqlException.Authentication(Session.ErrorNumber.AuthPlugin,
                "The server asks for the password as clear text (mysql_clear_password), which is sent over TLS only.");
}
