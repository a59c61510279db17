using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>Puts a connection string together and takes it apart.</summary>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's builder is an untyped dictionary.")]
public sealed class MySqlConnectionStringBuilder : DbConnectionStringBuilder
{
    /// <summary>Creates an empty builder.</summary>
    public MySqlConnectionStringBuilder()
    {
    }

    /// <summary>Creates a builder with the options of a connection string.</summary>
    /// <exception cref="ArgumentException">An option is unknown or its value is none.</exception>
    public MySqlConnectionStringBuilder(string? connectionString) => ConnectionString = connectionString;

    /// <summary>Host, several hosts with commas, or the path of a Unix socket.</summary>
    [AllowNull]
    public string Server
    {
        get => Text(ConnectionKeyword.Server);
        set => this[ConnectionKeyword.Server] = value;
    }

    /// <summary>TCP port, 3306 unless set.</summary>
    public uint Port
    {
        get => Number(ConnectionKeyword.Port, ConnectionOptions.DefaultPort);
        set => this[ConnectionKeyword.Port] = value;
    }

    /// <summary>The account's name.</summary>
    [AllowNull]
    public string UserID
    {
        get => Text(ConnectionKeyword.UserId);
        set => this[ConnectionKeyword.UserId] = value;
    }

    /// <summary>The account's password.</summary>
    [AllowNull]
    public string Password
    {
        get => Text(ConnectionKeyword.Password);
        set => this[ConnectionKeyword.Password] = value;
    }

    /// <summary>The database to begin in.</summary>
    [AllowNull]
    public string Database
    {
        get => Text(ConnectionKeyword.Database);
        set => this[ConnectionKeyword.Database] = value;
    }

    /// <summary>The order of several hosts; this provider tries them as they are given.</summary>
    public MySqlLoadBalance LoadBalance
    {
        get => TryGet(ConnectionKeyword.LoadBalance, out var value) ? ConnectionOptions.ParseLoadBalance(value) : MySqlLoadBalance.RoundRobin;
        set => this[ConnectionKeyword.LoadBalance] = value;
    }

    /// <summary>TCP or Unix socket.</summary>
    public MySqlConnectionProtocol ConnectionProtocol
    {
        get => TryGet(ConnectionKeyword.ConnectionProtocol, out var value) ? ConnectionOptions.ParseProtocol(value) : MySqlConnectionProtocol.Sockets;
        set => this[ConnectionKeyword.ConnectionProtocol] = value;
    }

    /// <summary>Whether the connection uses TLS, <see cref="MySqlSslMode.Preferred"/> unless set.</summary>
    public MySqlSslMode SslMode
    {
        get => TryGet(ConnectionKeyword.SslMode, out var value) ? ConnectionOptions.ParseSslMode(value) : MySqlSslMode.Preferred;
        set => this[ConnectionKeyword.SslMode] = value;
    }

    /// <summary>File with the certificates (PEM) of the authorities to trust; the system's unless set.</summary>
    [AllowNull]
    public string SslCa
    {
        get => Text(ConnectionKeyword.SslCa);
        set => this[ConnectionKeyword.SslCa] = value;
    }

    /// <summary>File with the client's certificate (PEM).</summary>
    [AllowNull]
    public string SslCert
    {
        get => Text(ConnectionKeyword.SslCert);
        set => this[ConnectionKeyword.SslCert] = value;
    }

    /// <summary>File with the client's private key (PEM).</summary>
    [AllowNull]
    public string SslKey
    {
        get => Text(ConnectionKeyword.SslKey);
        set => this[ConnectionKeyword.SslKey] = value;
    }

    /// <summary>TLS versions that may be used, such as <c>TLS 1.2, TLS 1.3</c>; the system's choice unless set.</summary>
    [AllowNull]
    public string TlsVersion
    {
        get => Text(ConnectionKeyword.TlsVersion);
        set => this[ConnectionKeyword.TlsVersion] = value;
    }

    /// <summary>Accepted, but there is no pool.</summary>
    public bool Pooling
    {
        get => Flag(ConnectionKeyword.Pooling, true);
        set => this[ConnectionKeyword.Pooling] = value;
    }

    /// <summary>Accepted, but local files are never sent.</summary>
    public bool AllowLoadLocalInfile
    {
        get => Flag(ConnectionKeyword.AllowLoadLocalInfile, false);
        set => this[ConnectionKeyword.AllowLoadLocalInfile] = value;
    }

    /// <summary>Whether the server may be asked for its RSA key over a connection that others can change.</summary>
    public bool AllowPublicKeyRetrieval
    {
        get => Flag(ConnectionKeyword.AllowPublicKeyRetrieval, false);
        set => this[ConnectionKeyword.AllowPublicKeyRetrieval] = value;
    }

    /// <summary>Whether <c>@name</c> that is no parameter is a variable of the server.</summary>
    public bool AllowUserVariables
    {
        get => Flag(ConnectionKeyword.AllowUserVariables, false);
        set => this[ConnectionKeyword.AllowUserVariables] = value;
    }

    /// <summary>Whether dates are read as <see cref="MySqlDateTime"/>.</summary>
    public bool AllowZeroDateTime
    {
        get => Flag(ConnectionKeyword.AllowZeroDateTime, false);
        set => this[ConnectionKeyword.AllowZeroDateTime] = value;
    }

    /// <summary>Whether a zero date is read as <see cref="DateTime.MinValue"/>.</summary>
    public bool ConvertZeroDateTime
    {
        get => Flag(ConnectionKeyword.ConvertZeroDateTime, false);
        set => this[ConnectionKeyword.ConvertZeroDateTime] = value;
    }

    /// <summary>The kind of dates.</summary>
    public MySqlDateTimeKind DateTimeKind
    {
        get => TryGet(ConnectionKeyword.DateTimeKind, out var value) ? ConnectionOptions.ParseDateTimeKind(value) : MySqlDateTimeKind.Unspecified;
        set => this[ConnectionKeyword.DateTimeKind] = value;
    }

    /// <summary>A name that the server shows for the connection.</summary>
    [AllowNull]
    public string ApplicationName
    {
        get => Text(ConnectionKeyword.ApplicationName);
        set => this[ConnectionKeyword.ApplicationName] = value;
    }

    /// <summary>Accepted; the encoding is always utf8mb4.</summary>
    [AllowNull]
    public string CharacterSet
    {
        get => Text(ConnectionKeyword.CharacterSet);
        set => this[ConnectionKeyword.CharacterSet] = value;
    }

    /// <summary>Seconds that connecting to one host may take, 15 unless set, 0 for no limit.</summary>
    public uint ConnectionTimeout
    {
        get => Number(ConnectionKeyword.ConnectionTimeout, 15);
        set => this[ConnectionKeyword.ConnectionTimeout] = value;
    }

    /// <summary>Seconds that a command may take, 30 unless set, 0 for no limit.</summary>
    public uint DefaultCommandTimeout
    {
        get => Number(ConnectionKeyword.DefaultCommandTimeout, 30);
        set => this[ConnectionKeyword.DefaultCommandTimeout] = value;
    }

    /// <summary>Seconds that the server has to stop a command whose time is up, 2 unless set; -1 to close the connection at once.</summary>
    public int CancellationTimeout
    {
        get => TryGet(ConnectionKeyword.CancellationTimeout, out var value) ? ConnectionOptions.ParseInt32(ConnectionKeyword.CancellationTimeout, value) : 2;
        set => this[ConnectionKeyword.CancellationTimeout] = value;
    }

    /// <summary>Which columns are read as <see cref="Guid"/>.</summary>
    public MySqlGuidFormat GuidFormat
    {
        get => TryGet(ConnectionKeyword.GuidFormat, out var value) ? ConnectionOptions.ParseGuidFormat(value) : MySqlGuidFormat.Default;
        set => this[ConnectionKeyword.GuidFormat] = value;
    }

    /// <summary>Whether a command's Transaction need not be set.</summary>
    public bool IgnoreCommandTransaction
    {
        get => Flag(ConnectionKeyword.IgnoreCommandTransaction, false);
        set => this[ConnectionKeyword.IgnoreCommandTransaction] = value;
    }

    /// <summary>Whether the server's interactive_timeout counts for the connection.</summary>
    public bool InteractiveSession
    {
        get => Flag(ConnectionKeyword.InteractiveSession, false);
        set => this[ConnectionKeyword.InteractiveSession] = value;
    }

    /// <summary>Seconds of silence after which TCP looks whether the server is still there; 0 for the system's habit.</summary>
    public uint Keepalive
    {
        get => Number(ConnectionKeyword.KeepAlive, 0);
        set => this[ConnectionKeyword.KeepAlive] = value;
    }

    /// <summary>Whether an opened connection still tells its password.</summary>
    public bool PersistSecurityInfo
    {
        get => Flag(ConnectionKeyword.PersistSecurityInfo, false);
        set => this[ConnectionKeyword.PersistSecurityInfo] = value;
    }

    /// <summary>Whether a command may be sent before the one before it is answered, where the server can do that.</summary>
    public bool Pipelining
    {
        get => Flag(ConnectionKeyword.Pipelining, true);
        set => this[ConnectionKeyword.Pipelining] = value;
    }

    /// <summary>File with the server's RSA key (PEM), for caching_sha2_password and sha256_password without TLS.</summary>
    [AllowNull]
    public string ServerRsaPublicKeyFile
    {
        get => Text(ConnectionKeyword.ServerRsaPublicKeyFile);
        set => this[ConnectionKeyword.ServerRsaPublicKeyFile] = value;
    }

    /// <summary>Whether TINYINT(1) is read as <see cref="bool"/>, which it is unless set.</summary>
    public bool TreatTinyAsBoolean
    {
        get => Flag(ConnectionKeyword.TreatTinyAsBoolean, true);
        set => this[ConnectionKeyword.TreatTinyAsBoolean] = value;
    }

    /// <summary>Whether an UPDATE reports the rows that it changed instead of those that it found.</summary>
    public bool UseAffectedRows
    {
        get => Flag(ConnectionKeyword.UseAffectedRows, false);
        set => this[ConnectionKeyword.UseAffectedRows] = value;
    }

    /// <summary>The value of an option, by any of its names.</summary>
    /// <exception cref="ArgumentException">The option is unknown.</exception>
    [AllowNull]
    public override object this[string keyword]
    {
        get => base[ConnectionKeyword.Get(keyword)];
        set
        {
            var name = ConnectionKeyword.Get(keyword);
            if (value is null)
                base.Remove(name);
            else
                base[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }

    /// <inheritdoc/>
    public override bool ContainsKey(string keyword) => ConnectionKeyword.Find(keyword) is { } name && base.ContainsKey(name);

    /// <inheritdoc/>
    public override bool Remove(string keyword) => ConnectionKeyword.Find(keyword) is { } name && base.Remove(name);

    /// <inheritdoc/>
    public override bool TryGetValue(string keyword, [NotNullWhen(true)] out object? value)
    {
        value = null;
        return ConnectionKeyword.Find(keyword) is { } name && base.TryGetValue(name, out value);
    }

    private bool TryGet(string keyword, out string value)
    {
        value = base.TryGetValue(keyword, out var found) ? (string)found : "";
        return value.Length > 0;
    }

    private string Text(string keyword) => TryGet(keyword, out var value) ? value : "";

    private uint Number(string keyword, uint otherwise) => TryGet(keyword, out var value) ? ConnectionOptions.ParseUInt32(keyword, value) : otherwise;

    private bool Flag(string keyword, bool otherwise) => TryGet(keyword, out var value) ? ConnectionOptions.ParseBoolean(keyword, value) : otherwise;
}
