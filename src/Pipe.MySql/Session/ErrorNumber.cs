namespace Pipe.MySql.Session;

/// <summary>Error numbers without a name in <see cref="MySqlErrorCode"/>.</summary>
internal static class ErrorNumber
{
    // Numbers that the C client library gives (CR_...).
    // https://dev.mysql.com/doc/mysql-errors/8.0/en/client-error-reference.html
    public const MySqlErrorCode ServerLost = (MySqlErrorCode)2013;
    public const MySqlErrorCode TlsConnection = (MySqlErrorCode)2026;
    public const MySqlErrorCode MalformedPacket = (MySqlErrorCode)2027;
    public const MySqlErrorCode AuthPluginCannotLoad = (MySqlErrorCode)2059;
    public const MySqlErrorCode AuthPlugin = (MySqlErrorCode)2061;
    public const MySqlErrorCode LocalInfileRefused = (MySqlErrorCode)2068;

    public const MySqlErrorCode WrongArguments = (MySqlErrorCode)1210;

    // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html and
    // https://mariadb.com/kb/en/mariadb-error-code-reference/
    public static bool IsTransient(MySqlErrorCode code) => (int)code is
        -1      // our own command time-out
        or 1015 // ER_CANT_LOCK
        or 1040 // ER_CON_COUNT_ERROR
        or 1042 // ER_BAD_HOST_ERROR
        or 1043 // ER_HANDSHAKE_ERROR
        or 1053 // ER_SERVER_SHUTDOWN
        or 1077 // ER_NORMAL_SHUTDOWN
        or 1079 // ER_SHUTDOWN_COMPLETE
        or 1080 // ER_FORCING_CLOSE
        or 1129 // ER_HOST_IS_BLOCKED
        or 1152 // ER_ABORTING_CONNECTION
        or 1158 or 1159 or 1160 or 1161 // ER_NET_READ_ERROR ... ER_NET_WRITE_INTERRUPTED
        or 1184 // ER_NEW_ABORTING_CONNECTION
        or 1203 // ER_TOO_MANY_USER_CONNECTIONS
        or 1205 // ER_LOCK_WAIT_TIMEOUT
        or 1206 // ER_LOCK_TABLE_FULL
        or 1213 // ER_LOCK_DEADLOCK
        or 1226 // ER_USER_LIMIT_REACHED
        or 1290 // ER_OPTION_PREVENTS_STATEMENT, the server is read only: fail-over
        or 1317 // ER_QUERY_INTERRUPTED
        or 1613 or 1614 // ER_XA_RBTIMEOUT, ER_XA_RBDEADLOCK
        or 1792 // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
        or 1836 // ER_READ_ONLY_MODE
        or 1927 // ER_CONNECTION_KILLED (MariaDB)
        or 1969 // ER_STATEMENT_TIMEOUT (MariaDB)
        or 2002 or 2003 or 2006 or 2013 or 2027 or 2055 // connection refused, gone, lost, garbled
        or 3024 // ER_QUERY_TIMEOUT
        or 3100 or 3101 // ER_RUN_HOOK_ERROR, ER_TRANSACTION_ROLLBACK_DURING_COMMIT: group replication
        or 3572 // ER_LOCK_NOWAIT
        or 4031; // ER_CLIENT_INTERACTION_TIMEOUT
}
