using System.Net;
using System.Net.Sockets;

namespace Pipe.MySql.Session;

/// <summary>Finds the end points of a <see cref="ServerAddress"/> and connects to the first that answers.</summary>
internal static class ServerConnector
{
    private static readonly IPAddress[] Localhost = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    public static Transport Connect(ConnectionOptions options, ServerAddress address, Deadline deadline)
    {
        try
        {
            var endPoints = KnownEndPoints(address) ?? EndPoints(Dns.GetHostAddresses(address.Host), address.Port);
            for (var i = 0; i < endPoints.Length; i++)
            {
                try
                {
                    return Transport.Connect(endPoints[i], deadline.Part(endPoints.Length - i), deadline, options.KeepAliveSeconds);
                }
                catch (SocketException) when (i < endPoints.Length - 1)
                {
                    // The host has another address.
                }
            }
            throw MySqlException.CannotConnect(address.ToString(), innerException: null);
        }
        catch (SocketException ex)
        {
            throw MySqlException.CannotConnect(address.ToString(), ex);
        }
    }

    public static async Task<Transport> ConnectAsync(
        ConnectionOptions options, ServerAddress address, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var endPoints = KnownEndPoints(address) ?? EndPoints(
                await Dns.GetHostAddressesAsync(address.Host, cancellationToken).ConfigureAwait(false), address.Port);
            for (var i = 0; i < endPoints.Length; i++)
            {
                try
                {
                    return await Transport.ConnectAsync(
                        endPoints[i], deadline.Part(endPoints.Length - i), deadline, options.KeepAliveSeconds, cancellationToken).ConfigureAwait(false);
                }
                catch (SocketException) when (i < endPoints.Length - 1)
                {
                    // The host has another address.
                }
            }
            throw MySqlException.CannotConnect(address.ToString(), innerException: null);
        }
        catch (SocketException ex)
        {
            throw MySqlException.CannotConnect(address.ToString(), ex);
        }
    }

    private static EndPoint[]? KnownEndPoints(ServerAddress address)
    {
        if (address.SocketPath is { } path)
        {
            try
            {
                return [new UnixDomainSocketEndPoint(path)];
            }
            catch (ArgumentOutOfRangeException ex)
            {
                throw MySqlException.CannotConnect(path, ex);
            }
        }

        if (address.Host == "localhost")
            return EndPoints(Localhost, address.Port);
        return IPAddress.TryParse(address.Host, out var literal) ? [new IPEndPoint(literal, address.Port)] : null;
    }

    private static EndPoint[] EndPoints(IPAddress[] addresses, int port) =>
        Array.ConvertAll(addresses, address => (EndPoint)new IPEndPoint(address, port));
}
