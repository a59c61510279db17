using System.Globalization;

namespace Pipe.MySql.Session;

/// <summary>What a connection string says.</summary>
internal sealed class ConnectionOptions
{
    public const uint DefaultPort = 3306;

    private static readonly ConnectionOptions Defaults = new("");

    private ConnectionOptions(string connectionString)
    {
        var scanner = new ConnectionStringScanner(connectionString);
        while (scanner.TryRead(out var keyword, out var value))
            Set(ConnectionKeyword.Get(keyword), value);
    }

    public string Server { get; private set; } = "";

    /// <summary>The port, or 0 when none was given.</summary>
    public uint Port { get; private set; }

    public string UserId { get; private set; } = "";

    public string Password { get; private set; } = "";

    public string Database { get; private set; } = "";

    /// <summary>Null when none was given: TCP, but the local socket for <c>localhost</c>.</summary>
    public MySqlConnectionProtocol? Protocol { get; private set; }

    public MySqlSslMode SslMode { get; private set; } = MySqlSslMode.Preferred;

    public string SslCa { get; private set; } = "";

    public string SslCert { get; private set; } = "";

    public string SslKey { get; private set; } = "";

    public string TlsVersion { get; private set; } = "";

    public string ServerRsaPublicKeyFile { get; private set; } = "";

    public bool AllowPublicKeyRetrieval { get; private set; }

    public bool AllowUserVariables { get; private set; }

    public bool AllowZeroDateTime { get; private set; }

    public bool ConvertZeroDateTime { get; private set; }

    public DateTimeKind DateTimeKind { get; private set; }

    public string ApplicationName { get; private set; } = "";

    public int CancellationTimeoutSeconds { get; private set; } = 2;

    public uint ConnectionTimeoutSeconds { get; private set; } = 15;

    public uint DefaultCommandTimeoutSeconds { get; private set; } = 30;

    public MySqlGuidFormat GuidFormat { get; private set; } = MySqlGuidFormat.Char36;

    public bool IgnoreCommandTransaction { get; private set; }

    public bool InteractiveSession { get; private set; }

    public uint KeepAliveSeconds { get; private set; }

    public bool PersistSecurityInfo { get; private set; }

    public bool Pipelining { get; private set; } = true;

    public bool TreatTinyAsBoolean { get; private set; } = true;

    public bool UseAffectedRows { get; private set; }

    /// <exception cref="ArgumentException">An option is unknown or its value is none.</exception>
    public static ConnectionOptions Parse(string? connectionString) =>
        string.IsNullOrEmpty(connectionString) ? Defaults : new ConnectionOptions(connectionString);

    public static bool ParseBoolean(string keyword, string value) => value.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "1" or "on" => true,
        "false" or "no" or "0" or "off" => false,
        _ => throw Invalid(keyword, value),
    };

    public static uint ParseUInt32(string keyword, string value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(keyword, value);

    public static int ParseInt32(string keyword, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(keyword, value);

    public static MySqlSslMode ParseSslMode(string value) => value.Trim().ToLowerInvariant() switch
    {
        "none" or "disabled" => MySqlSslMode.None,
        "preferred" => MySqlSslMode.Preferred,
        "required" => MySqlSslMode.Required,
        "verifyca" => MySqlSslMode.VerifyCA,
        "verifyfull" => MySqlSslMode.VerifyFull,
        _ => throw Invalid(ConnectionKeyword.SslMode, value),
    };

    public static MySqlConnectionProtocol ParseProtocol(string value) => value.Trim().ToLowerInvariant() switch
    {
        "socket" or "sockets" or "tcp" or "tcpip" => MySqlConnectionProtocol.Sockets,
        "unix" or "unixsocket" => MySqlConnectionProtocol.UnixSocket,
        _ => throw Invalid(ConnectionKeyword.ConnectionProtocol, value),
    };

    public static MySqlLoadBalance ParseLoadBalance(string value) => value.Trim().ToLowerInvariant() switch
    {
        "roundrobin" => MySqlLoadBalance.RoundRobin,
        "failover" => MySqlLoadBalance.FailOver,
        "random" => MySqlLoadBalance.Random,
        "leastconnections" => MySqlLoadBalance.LeastConnections,
        _ => throw Invalid(ConnectionKeyword.LoadBalance, value),
    };

    public static MySqlGuidFormat ParseGuidFormat(string value) => value.Trim().ToLowerInvariant() switch
    {
        "default" or "char36" => MySqlGuidFormat.Char36,
        "none" => MySqlGuidFormat.None,
        "char32" => MySqlGuidFormat.Char32,
        "binary16" => MySqlGuidFormat.Binary16,
        _ => throw Invalid(ConnectionKeyword.GuidFormat, value),
    };

    public static MySqlDateTimeKind ParseDateTimeKind(string value) => value.Trim().ToLowerInvariant() switch
    {
        "unspecified" => MySqlDateTimeKind.Unspecified,
        "utc" => MySqlDateTimeKind.Utc,
        "local" => MySqlDateTimeKind.Local,
        _ => throw Invalid(ConnectionKeyword.DateTimeKind, value),
    };

    private void Set(string keyword, string value)
    {
        switch (keyword)
        {
            case ConnectionKeyword.Server: Server = value; break;
            case ConnectionKeyword.Port: Port = ParseUInt32(keyword, value); break;
            case ConnectionKeyword.UserId: UserId = value; break;
            case ConnectionKeyword.Password: Password = value; break;
            case ConnectionKeyword.Database: Database = value; break;
            case ConnectionKeyword.ConnectionProtocol: Protocol = ParseProtocol(value); break;
            case ConnectionKeyword.LoadBalance: _ = ParseLoadBalance(value); break;
            case ConnectionKeyword.SslMode: SslMode = ParseSslMode(value); break;
            case ConnectionKeyword.SslCa: SslCa = value; break;
            case ConnectionKeyword.SslCert: SslCert = value; break;
            case ConnectionKeyword.SslKey: SslKey = value; break;
            case ConnectionKeyword.TlsVersion: TlsVersion = value; break;
            case ConnectionKeyword.ServerRsaPublicKeyFile: ServerRsaPublicKeyFile = value; break;
            case ConnectionKeyword.AllowPublicKeyRetrieval: AllowPublicKeyRetrieval = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.AllowUserVariables: AllowUserVariables = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.AllowZeroDateTime: AllowZeroDateTime = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.ConvertZeroDateTime: ConvertZeroDateTime = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.DateTimeKind: DateTimeKind = (DateTimeKind)ParseDateTimeKind(value); break;
            case ConnectionKeyword.ApplicationName: ApplicationName = value; break;
            case ConnectionKeyword.CancellationTimeout: CancellationTimeoutSeconds = ParseInt32(keyword, value); break;
            case ConnectionKeyword.ConnectionTimeout: ConnectionTimeoutSeconds = ParseUInt32(keyword, value); break;
            case ConnectionKeyword.DefaultCommandTimeout: DefaultCommandTimeoutSeconds = ParseUInt32(keyword, value); break;
            case ConnectionKeyword.GuidFormat: GuidFormat = ParseGuidFormat(value); break;
            case ConnectionKeyword.IgnoreCommandTransaction: IgnoreCommandTransaction = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.InteractiveSession: InteractiveSession = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.KeepAlive: KeepAliveSeconds = ParseUInt32(keyword, value); break;
            case ConnectionKeyword.PersistSecurityInfo: PersistSecurityInfo = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.Pipelining: Pipelining = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.TreatTinyAsBoolean: TreatTinyAsBoolean = ParseBoolean(keyword, value); break;
            case ConnectionKeyword.UseAffectedRows: UseAffectedRows = ParseBoolean(keyword, value); break;

            // There is no pool, UTF-8 is the only encoding, and local files are never sent.
            case ConnectionKeyword.Pooling:
            case ConnectionKeyword.AllowLoadLocalInfile:
                _ = ParseBoolean(keyword, value);
                break;
        }
    }

    private static ArgumentException Invalid(string keyword, string value) =>
        new($"'{value}' is not a value of the connection string option '{keyword}'.");
}
