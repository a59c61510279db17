namespace Pipe.MySql;

/// <summary>Numbers of server errors that callers tell apart; a server sends many more.</summary>
public enum MySqlErrorCode
{
    /// <summary>The command time-out passed before the server had answered.</summary>
    CommandTimeoutExpired = -1,

    /// <summary>No error.</summary>
    None = 0,

    /// <summary>ER_CON_COUNT_ERROR: too many connections.</summary>
    ConnectionCountError = 1040,

    /// <summary>ER_BAD_HOST_ERROR: no connection to any of the hosts.</summary>
    UnableToConnectToHost = 1042,

    /// <summary>ER_HANDSHAKE_ERROR.</summary>
    HandshakeError = 1043,

    /// <summary>ER_DBACCESS_DENIED_ERROR.</summary>
    DatabaseAccessDenied = 1044,

    /// <summary>ER_ACCESS_DENIED_ERROR: wrong user or password.</summary>
    AccessDenied = 1045,

    /// <summary>ER_BAD_DB_ERROR.</summary>
    UnknownDatabase = 1049,

    /// <summary>ER_SERVER_SHUTDOWN.</summary>
    ServerShutdown = 1053,

    /// <summary>ER_DUP_ENTRY.</summary>
    DuplicateKeyEntry = 1062,

    /// <summary>ER_PARSE_ERROR.</summary>
    ParseError = 1064,

    /// <summary>ER_NO_SUCH_TABLE.</summary>
    NoSuchTable = 1146,

    /// <summary>ER_NET_PACKET_TOO_LARGE: more than <c>max_allowed_packet</c>.</summary>
    PacketTooLarge = 1153,

    /// <summary>ER_TOO_MANY_USER_CONNECTIONS.</summary>
    TooManyUserConnections = 1203,

    /// <summary>ER_LOCK_WAIT_TIMEOUT.</summary>
    LockWaitTimeout = 1205,

    /// <summary>ER_LOCK_DEADLOCK.</summary>
    LockDeadlock = 1213,

    /// <summary>ER_USER_LIMIT_REACHED.</summary>
    UserLimitReached = 1226,

    /// <summary>ER_OPTION_PREVENTS_STATEMENT: for one, the server is read only.</summary>
    OptionPreventsStatement = 1290,

    /// <summary>ER_QUERY_INTERRUPTED: somebody asked the server to stop the statement.</summary>
    QueryInterrupted = 1317,
}
