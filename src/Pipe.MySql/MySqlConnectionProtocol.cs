namespace Pipe.MySql;

/// <summary>How a connection travels.</summary>
public enum MySqlConnectionProtocol
{
    /// <summary>TCP.</summary>
    Sockets = 1,

    /// <summary>A Unix domain socket, whose path is the server's name.</summary>
    UnixSocket = 3,
}
