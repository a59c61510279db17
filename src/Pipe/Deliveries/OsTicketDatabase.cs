using System.Data.Common;
using System.Text;
using MySqlConnector;
using Pipe.Configuration;
using Pipe.Store;

namespace Pipe.Deliveries;

/// <summary>The database of an osTicket installation, reached as the installation itself reaches it.</summary>
internal sealed class OsTicketDatabase
{
    private readonly OstConfig _config;
    private readonly DatabaseConnector _connector;

    private OsTicketDatabase(OstConfig config, Settings settings)
    {
        _config = config;
        _connector = new DatabaseConnector(config, settings.ConnectTimeout, settings.Deadline);
        Options = new StoreOptions
        {
            TablePrefix = config.TablePrefix,
            SecretSalt = config.SecretSalt,
            LockTimeout = settings.LockTimeout,
            LastInsertedId = static command => ((MySqlCommand)command).LastInsertedId,
            TryOtherServer = _connector.TryOtherServer,
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

    /// <summary>Connects to the first server that can be used.</summary>
    /// <exception cref="MySqlException">The only server says why it does not let us in.</exception>
    /// <exception cref="StoreException">No server can be used.</exception>
    public DbConnection Connect() => _connector.Connect();
}
