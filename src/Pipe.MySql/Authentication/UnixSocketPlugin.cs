namespace Pipe.MySql.Authentication;

/// <summary>The server asks the kernel who is at the other end of the socket; there is nothing to answer.</summary>
internal sealed class UnixSocketPlugin : AuthenticationPlugin
{
    public override byte[] Respond(in AuthenticationContext context) => [];
}
