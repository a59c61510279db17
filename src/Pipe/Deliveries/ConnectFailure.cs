using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>Why one database server could not be used, in words for the log.</summary>
/// <param name="Server">The server's socket, or its host and port.</param>
/// <param name="Reason">The words.</param>
/// <param name="IsLasting">Whether an administrator has to change something before it can be used.</param>
internal sealed record ConnectFailure(string Server, string Reason, bool IsLasting)
{
    // What the driver says of every connection that the system did not make, without the system's reason.
    private const string NoConnection = "Unable to connect to any";

    private const int ProbeMilliseconds = 1000;

    /// <summary>Finds the words for what the driver threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <param name="settings">What it was to connect to.</param>
    /// <param name="isOverdue">Whether the attempt took all of its time.</param>
    public static ConnectFailure Of(Exception error, MySqlConnectionStringBuilder settings, bool isOverdue)
    {
        bool isSocket = settings.ConnectionProtocol == MySqlConnectionProtocol.UnixSocket;
        string host = settings.Server.Contains(':') ? $"[{settings.Server}]" : settings.Server;
        string server = isSocket ? settings.Server : string.Create(CultureInfo.InvariantCulture, $"{host}:{settings.Port}");
        return error switch
        {
            MySqlException { SqlState: { } state } => new(server, error.Message, state[..2] is "28" or "42"),
            _ when isOverdue => new(server, $"no answer within {settings.ConnectionTimeout.ToString(CultureInfo.InvariantCulture)} seconds", false),
            _ when isSocket && !Path.Exists(settings.Server) => new(server, "there is no such socket file", false),
            { InnerException: AuthenticationException { InnerException: { } tls } } => new(server, "no encrypted connection came about: " + tls.GetBaseException().Message, true),
            { InnerException: AuthenticationException } => new(server, "its certificate is not one that DBSSLCA vouches for", true),
            { InnerException: EndOfStreamException } => new(server, "it closed the connection", false),
            NotSupportedException => new(server, "this program does not know the account's kind of password" + Quoted(error.Message), true),
            InvalidOperationException or FormatException => new(server, "what answers there is no MySQL or MariaDB server", true),
            MySqlException when error.Message.StartsWith(NoConnection, StringComparison.Ordinal) => new(server, Probe(settings, isSocket), false),
            MySqlException when error.InnerException is not null => new(server, $"{error.Message}: {error.InnerException.Message}", false),
            _ => new(server, error.Message, error is not DbException),
        };
    }

    /// <summary>What callers are told when no server could be used.</summary>
    public static StoreException ToException(IReadOnlyList<ConnectFailure> failures) =>
        new("the database cannot be used: " + string.Join("; ", failures.Select(failure => $"{failure.Server}: {failure.Reason}")))
        {
            Cause = failures.All(failure => failure.IsLasting) ? DeferralCause.Configuration : DeferralCause.Unavailable,
            IsUnreachable = true,
        };

    // Connects once more, only to hear the system's reason.
    private static string Probe(MySqlConnectionStringBuilder settings, bool isSocket)
    {
        try
        {
            using var socket = isSocket
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.SendTimeout = ProbeMilliseconds;
            if (isSocket)
                socket.Connect(new UnixDomainSocketEndPoint(settings.Server));
            else
                socket.Connect(settings.Server, (int)settings.Port);
            return "it broke the connection off";
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "connection refused",
                SocketError.HostNotFound or SocketError.NoData => "there is no host of this name",
                SocketError.TryAgain => "the host's name cannot be looked up at the moment",
                SocketError.AccessDenied => "this account may not use the socket",
                _ => e.Message,
            };
        }
    }

    // The driver's message names the method in one of two ways, amid advice for programmers.
    private static string Quoted(string message)
    {
        foreach (string method in (string[])["client_ed25519", "parsec", "mysql_old_password"])
        {
            if (message.Contains(method, StringComparison.Ordinal))
                return $" ({method})";
        }

        return message.Split('\'') is [_, { Length: > 0 } name, _, ..] ? $" ({name})" : "";
    }
}
