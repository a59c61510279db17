using System.Data.Common;

namespace Pipe.MySql;

/// <summary>Creates the provider's objects for code that only knows <see cref="System.Data.Common"/>.</summary>
public sealed class MySqlConnectorFactory : DbProviderFactory
{
    /// <summary>The only instance.</summary>
    public static readonly MySqlConnectorFactory Instance = new();

    private MySqlConnectorFactory()
    {
    }

    /// <inheritdoc/>
    public override bool CanCreateBatch => false;

    /// <inheritdoc/>
    public override bool CanCreateCommandBuilder => false;

    /// <inheritdoc/>
    public override bool CanCreateDataAdapter => false;

    /// <inheritdoc/>
    public override DbCommand CreateCommand() => new MySqlCommand();

    /// <inheritdoc/>
    public override DbConnection CreateConnection() => new MySqlConnection();

    /// <inheritdoc/>
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new MySqlConnectionStringBuilder();

    /// <inheritdoc/>
    public override DbParameter CreateParameter() => new MySqlParameter();
}
