namespace Pipe.Store;

/// <summary>The constants of an osTicket installation's <c>ost-config.php</c> that matter here.</summary>
public sealed record OstConfig
{
    /// <summary>The database servers to try in this order (<c>DBHOST</c>); the first that connects and has the database is the one.</summary>
    public required IReadOnlyList<DatabaseTarget> Targets { get; init; }

    /// <summary><c>DBNAME</c>.</summary>
    public required string Database { get; init; }

    /// <summary><c>DBUSER</c>.</summary>
    public required string User { get; init; }

    /// <summary><c>DBPASS</c>.</summary>
    public required string Password { get; init; }

    /// <summary><c>TABLE_PREFIX</c>; may be empty.</summary>
    public required string TablePrefix { get; init; }

    /// <summary><c>SECRET_SALT</c>, or what osTicket computes where an old file has none.</summary>
    public required string SecretSalt { get; init; }

    /// <summary><c>ADMIN_EMAIL</c>; empty when not set.</summary>
    public string AdminEmail { get; init; } = "";

    /// <summary><c>DBCONNECT_TIMEOUT</c>, or <c>null</c> when not set.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary><c>DBSSLCA</c>: the file of trusted certificates (PEM); <c>null</c> when TLS is not asked for.</summary>
    public string? SslCa { get; init; }

    /// <summary><c>DBSSLCERT</c>: the file of the client's certificate (PEM), or <c>null</c>.</summary>
    public string? SslCert { get; init; }

    /// <summary><c>DBSSLKEY</c>: the file of the client's private key (PEM), or <c>null</c>.</summary>
    public string? SslKey { get; init; }

    /// <summary>The file that was read.</summary>
    public required string Path { get; init; }

    /// <summary>Reads an installation's folder (its root, <c>include</c> or <c>api</c>) or the configuration file itself.</summary>
    /// <exception cref="StoreException">There is no such file, it cannot be read, or a constant is missing.</exception>
    public static OstConfig Load(string path) => OstConfigReader.Load(path);
}
