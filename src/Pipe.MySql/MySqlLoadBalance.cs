namespace Pipe.MySql;

/// <summary>In which order several hosts are tried.</summary>
/// <remarks>This provider has no pool and always tries them in the order given.</remarks>
public enum MySqlLoadBalance
{
    /// <summary>Each new connection of a pool begins with the next host.</summary>
    RoundRobin = 0,

    /// <summary>In the order given.</summary>
    FailOver = 1,

    /// <summary>In any order.</summary>
    Random = 2,

    /// <summary>The host with the fewest connections first.</summary>
    LeastConnections = 3,
}
