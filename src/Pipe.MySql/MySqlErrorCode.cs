namespace Pipe.MySql;

/// <summary>Numbers of server errors that callers tell apart; a server sends many more.</summary>
public enum MySqlErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>ER_CON_COUNT_ERROR: too many connections.</summary>
    ConnectionCountError = 1040,

    /// <summary>ER_LOCK_WAIT_TIMEOUT.</summary>
    LockWaitTimeout = 1205,

    /// <summary>ER_LOCK_DEADLOCK.</summary>
    LockDeadlock = 1213,
}
