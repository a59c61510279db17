using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MySqlConnector;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>Connects to the first of an installation's database servers that can be used.</summary>
internal sealed class DatabaseConnector
{
    private readonly OstConfig _config;
    private readonly TimeSpan _timeout;
    private int _first;
    private int _turns;

    /// <param name="config">The installation's configuration.</param>
    /// <param name="connectTimeout">How long one attempt may take, where the configuration does not say.</param>
    /// <param name="deadline">The time of a delivery; all attempts together leave some of it.</param>
    public DatabaseConnector(OstConfig config, TimeSpan connectTimeout, TimeSpan deadline)
    {
        _config = config;
        var wanted = config.ConnectTimeout ?? connectTimeout;
        var bound = deadline / (config.Targets.Count + 1);
        _timeout = TimeSpan.FromSeconds(Math.Max(1, Math.Floor((wanted < bound ? wanted : bound).TotalSeconds)));
    }

    /// <summary>Tries the servers in their order; one that cannot be used for whatever reason is passed over.</summary>
    /// <exception cref="MySqlException">The only server says why it does not let us in.</exception>
    /// <exception cref="StoreException">No server can be used.</exception>
    public DbConnection Connect()
    {
        var failures = new List<ConnectFailure>();
        for (int i = 0; i < _config.Targets.Count; i++)
        {
            var target = _config.Targets[(_first + i) % _config.Targets.Count];
            var settings = Settings(target);
            long started = Stopwatch.GetTimestamp();
            var connection = new MySqlConnection(settings.ConnectionString);
            try
            {
                if (_config.SslCa is { } file)
                    connection.RemoteCertificateValidationCallback = new DatabaseAuthorities(file).VouchFor;
                connection.Open();
                return connection;
            }
            catch (MySqlException ex) when (_config.Targets.Count == 1 && ex.SqlState is not null)
            {
                connection.Dispose();
                throw;
            }
            catch (Exception ex) when (IsOfDriver(ex))
            {
                connection.Dispose();
                failures.Add(ConnectFailure.Of(ex, settings, isOverdue: Stopwatch.GetElapsedTime(started) >= _timeout));
            }
        }

        throw ConnectFailure.ToException(failures);
    }

    /// <summary>Has the next server tried first from now on, if the error comes from the state of this one.</summary>
    public bool TryOtherServer(DbException error)
    {
        // Once around: when all servers are like this one, the mail waits.
        if (_turns + 1 >= _config.Targets.Count || error is not MySqlException { ErrorCode: var code } || !IsOfServer(code))
            return false;
        _turns++;
        _first = (_first + 1) % _config.Targets.Count;
        return true;
    }

    // A server that takes connections while it is read-only, is about to end, or is not yet part of its cluster says so only to a
    // statement; asking it first would cost every delivery a round trip.
    private static bool IsOfServer(MySqlErrorCode code) => (int)code is 1047 or 1053 or 1290 or 1836;

    // Certificates and keys come from files that the configuration names.
    private static bool IsOfDriver(Exception error) => error
        is DbException or InvalidOperationException or NotSupportedException or FormatException or ArgumentException
        or IOException or UnauthorizedAccessException or SocketException or AuthenticationException or CryptographicException;

    private MySqlConnectionStringBuilder Settings(DatabaseTarget target)
    {
        var settings = new MySqlConnectionStringBuilder
        {
            UserID = _config.User,
            Password = _config.Password,
            Database = _config.Database,
            ConnectionTimeout = (uint)_timeout.TotalSeconds,
            Pooling = false,
            AllowZeroDateTime = true,
            UseAffectedRows = true,
            AutoEnlist = false,

            // As PHP's client does it: a connection is encrypted where the installation says how, and the server may hand out
            // the key that its newer kinds of passwords are sent with.
            SslMode = _config.SslCa is null ? MySqlSslMode.None : MySqlSslMode.Required,
            AllowPublicKeyRetrieval = true,
        };
        if (_config.SslCa is not null)
        {
            settings.SslCert = _config.SslCert;
            settings.SslKey = _config.SslKey;
        }

        if (DatabaseSocket.Of(target) is { } socket)
        {
            settings.Server = socket;
            settings.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
        }
        else
        {
            settings.Server = target.Host;
            settings.Port = (uint)(target.Port ?? 3306);
        }

        return settings;
    }
}
