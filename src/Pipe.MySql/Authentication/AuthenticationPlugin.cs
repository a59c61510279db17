namespace Pipe.MySql.Authentication;

/// <summary>The client's side of one authentication plugin.</summary>
internal abstract class AuthenticationPlugin
{
    /// <summary>The answer to the server's scramble.</summary>
    public abstract byte[] Respond(in AuthenticationContext context);

    /// <summary>The answer to further data, or null when the server does not wait for one.</summary>
    public virtual byte[]? Continue(in AuthenticationContext context, ReadOnlySpan<byte> data) =>
        throw MySqlException.Malformed("data that the authentication plugin does not know");

    /// <exception cref="MySqlException">The plugin is not one of ours; the message names it.</exception>
    public static AuthenticationPlugin Create(string name) => name switch
    {
        "mysql_native_password" => new NativePasswordPlugin(),
        "caching_sha2_password" => new CachingSha2PasswordPlugin(),
        "sha256_password" => new Sha256PasswordPlugin(),
        "mysql_clear_password" => new ClearPasswordPlugin(),
        "unix_socket" or "auth_socket" => new UnixSocketPlugin(),
        _ => throw MySqlException.Authentication(Session.ErrorNumber.AuthPluginCannotLoad,
            $"The server asks for the authentication plugin '{name}', which this client does not have."),
    };

    /// <summary>True when <see cref="Create"/> knows the plugin.</summary>
    public static bool IsKnown(string name) => name is
        "mysql_native_password" or "caching_sha2_password" or "sha256_password" or "mysql_clear_password" or "unix_socket" or "auth_socket";
}
