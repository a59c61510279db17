namespace Pipe.MySql.Session;

/// <summary>A statement that the server has prepared.</summary>
internal sealed class PreparedStatement(string sql, uint id, int parameterCount)
{
    public string Sql { get; } = sql;

    public uint Id { get; } = id;

    public int ParameterCount { get; } = parameterCount;

    /// <summary>Where in the order of use the last use was.</summary>
    public long LastUse { get; set; }
}
