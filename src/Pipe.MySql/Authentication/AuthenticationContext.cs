namespace Pipe.MySql.Authentication;

/// <summary>What an authentication plugin may use.</summary>
/// <param name="Password">The account's password.</param>
/// <param name="Scramble">The server's random bytes.</param>
/// <param name="IsEncrypted">The connection uses TLS.</param>
/// <param name="IsLocalSocket">The connection is a Unix socket, which nobody else can read.</param>
/// <param name="MayAskForPublicKey">The server's RSA key may be taken from the server itself.</param>
/// <param name="PublicKeyFile">A file with the server's RSA key (PEM), or empty.</param>
internal readonly record struct AuthenticationContext(
    string Password, byte[] Scramble, bool IsEncrypted, bool IsLocalSocket, bool MayAskForPublicKey, string PublicKeyFile);
