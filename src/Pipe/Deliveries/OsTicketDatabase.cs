using System.Data.Common;
using System.Text;
using MySqlConnector;
using Pipe.Configuration;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>The database of an osTicket installation, reached as the installation itself reaches it.</summary>
internal sealed class OsTicketDatabase
{
    // Where PHP's client looks for the server on this machine, by distribution.
    private static readonly string[] LocalSockets =
        ["/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/run/mysql/mysql.sock", "/tmp/mysql.sock"];

    private readonly OstConfig _config;
    private readonly Settings _settings;

    private OsTicketDatabase(OstConfig config, Settings settings)
    {
        _config = config;
        _settings = settings;
        Options = new StoreOptions
        {
            TablePrefix = config.TablePrefix,
            SecretSalt = config.SecretSalt,
            LockTimeout = settings.LockTimeout,
            LastInsertedId = static command => ((MySqlCommand)command).LastInsertedId,
        };
    }

    /// <summary>What the ticket store has to know of the installation.</summary>
    public StoreOptions Options { get; }

    /// <summary>Reads the installation's configuration; the database itself is not touched.</summary>
    /// <exception cref="StoreException">There is no usable configuration.</exception>
    public static OsTicketDatabase Load(string installation, Settings settings) => new(OstConfig.Load(installation), settings);

    /// <summary>The administrator's address that the installation's configuration names; empty for none.</summary>
    public string AdminEmail => _config.AdminEmail;

    /// <summary>A file name that stands for this database and no other.</summary>
    public string Identity => Convert.ToHexStringLower(Digests.Sha256(Encoding.UTF8.GetBytes(
        $"{string.Join(',', _config.Targets)}\n{_config.Database}\n{_config.TablePrefix}")).AsSpan(0, 16));

    /// <summary>Connects to the first server that answers and has the database.</summary>
    /// <exception cref="MySqlException">None does; the last one's reason.</exception>
    public DbConnection Connect()
    {
        for (int i = 0; ; i++)
        {
            var connection = new MySqlConnection(ConnectionString(_config.Targets[i]));
            try
            {
                connection.Open();
                return connection;
            }
            catch (MySqlException) when (i + 1 < _config.Targets.Count)
            {
                connection.Dispose();
            }
        }
    }

    private string ConnectionString(DatabaseTarget target)
    {
        var builder = new MySqlConnectionStringBuilder
        {
            UserID = _config.User,
            Password = _config.Password,
            Database = _config.Database,
            ConnectionTimeout = (uint)(_config.ConnectTimeout ?? _settings.ConnectTimeout).TotalSeconds,
            Pooling = false,
            AllowZeroDateTime = true,
            AllowUserVariables = true,
            UseAffectedRows = true,

            // As PHP's client does it: a connection is encrypted where the installation says how, and the server may hand out
            // the key that its newer kinds of passwords are sent with.
            SslMode = _config.SslCa is null ? MySqlSslMode.None : MySqlSslMode.VerifyCA,
            AllowPublicKeyRetrieval = true,
        };
        if (_config.SslCa is not null)
        {
            builder.SslCa = _config.SslCa;
            builder.SslCert = _config.SslCert;
            builder.SslKey = _config.SslKey;
        }

        string? socket = target.Socket ?? (target is { Host: "localhost", Port: null } ? Array.Find(LocalSockets, File.Exists) : null);
        if (socket is not null)
        {
            builder.Server = socket;
            builder.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
        }
        else
        {
            builder.Server = target.Host;
            builder.Port = (uint)(target.Port ?? 3306);
        }

        return builder.ConnectionString;
    }
}
