namespace Pipe.MySql.Session;

/// <summary>The options of a connection string, by their canonical names.</summary>
internal static class ConnectionKeyword
{
    public const string Server = "Server";
    public const string Port = "Port";
    public const string UserId = "User ID";
    public const string Password = "Password";
    public const string Database = "Database";
    public const string LoadBalance = "Load Balance";
    public const string ConnectionProtocol = "Connection Protocol";
    public const string SslMode = "SSL Mode";
    public const string SslCert = "SSL Cert";
    public const string SslKey = "SSL Key";
    public const string SslCa = "SSL CA";
    public const string TlsVersion = "TLS Version";
    public const string Pooling = "Pooling";
    public const string AllowLoadLocalInfile = "Allow Load Local Infile";
    public const string AllowPublicKeyRetrieval = "Allow Public Key Retrieval";
    public const string AllowUserVariables = "Allow User Variables";
    public const string AllowZeroDateTime = "Allow Zero DateTime";
    public const string ApplicationName = "Application Name";
    public const string CancellationTimeout = "Cancellation Timeout";
    public const string CharacterSet = "Character Set";
    public const string ConnectionTimeout = "Connection Timeout";
    public const string ConvertZeroDateTime = "Convert Zero DateTime";
    public const string DateTimeKind = "DateTime Kind";
    public const string DefaultCommandTimeout = "Default Command Timeout";
    public const string GuidFormat = "GUID Format";
    public const string IgnoreCommandTransaction = "Ignore Command Transaction";
    public const string InteractiveSession = "Interactive Session";
    public const string KeepAlive = "Keep Alive";
    public const string PersistSecurityInfo = "Persist Security Info";
    public const string Pipelining = "Pipelining";
    public const string ServerRsaPublicKeyFile = "Server RSA Public Key File";
    public const string TreatTinyAsBoolean = "Treat Tiny As Boolean";
    public const string UseAffectedRows = "Use Affected Rows";

    /// <summary>The canonical name of a keyword in any of its spellings, or null.</summary>
    public static string? Find(string keyword) => Normalise(keyword) switch
    {
        "server" or "host" or "datasource" or "address" or "addr" or "networkaddress" => Server,
        "port" => Port,
        "userid" or "username" or "uid" or "user" => UserId,
        "password" or "pwd" => Password,
        "database" or "initialcatalog" => Database,
        "loadbalance" => LoadBalance,
        "connectionprotocol" or "protocol" => ConnectionProtocol,
        "sslmode" => SslMode,
        "sslcert" => SslCert,
        "sslkey" => SslKey,
        "sslca" or "cacertificatefile" => SslCa,
        "tlsversion" => TlsVersion,
        "pooling" => Pooling,
        "allowloadlocalinfile" => AllowLoadLocalInfile,
        "allowpublickeyretrieval" => AllowPublicKeyRetrieval,
        "allowuservariables" => AllowUserVariables,
        "allowzerodatetime" => AllowZeroDateTime,
        "applicationname" => ApplicationName,
        "cancellationtimeout" => CancellationTimeout,
        "characterset" or "charset" => CharacterSet,
        "connectiontimeout" or "connecttimeout" => ConnectionTimeout,
        "convertzerodatetime" => ConvertZeroDateTime,
        "datetimekind" => DateTimeKind,
        "defaultcommandtimeout" or "commandtimeout" => DefaultCommandTimeout,
        "guidformat" => GuidFormat,
        "ignorecommandtransaction" => IgnoreCommandTransaction,
        "interactivesession" or "interactive" => InteractiveSession,
        "keepalive" => KeepAlive,
        "persistsecurityinfo" => PersistSecurityInfo,
        "pipelining" => Pipelining,
        "serverrsapublickeyfile" => ServerRsaPublicKeyFile,
        "treattinyasboolean" => TreatTinyAsBoolean,
        "useaffectedrows" => UseAffectedRows,
        _ => null,
    };

    public static string Get(string keyword) =>
        Find(keyword) ?? throw new ArgumentException($"The connection string option '{keyword}' is not supported.", nameof(keyword));

    private static string Normalise(string keyword)
    {
        Span<char> kept = stackalloc char[32];
        var length = 0;
        foreach (var character in keyword)
        {
            if (character is ' ' or '-' or '_')
                continue;
            if (length == kept.Length)
                return "";
            kept[length++] = char.ToLowerInvariant(character);
        }
        return new string(kept[..length]);
    }
}
