using Pipe.MySql.Protocol;

namespace Pipe.MySql.Session;

/// <summary>The prepared statements of a session by their SQL, so that a statement that comes again is one command and not two.</summary>
internal sealed class StatementCache
{
    // The server's limit (max_prepared_stmt_count) is for all its clients together.
    private const int Capacity = 64;

    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);
    private readonly List<uint> _closing = [];
    private long _uses;

    /// <summary>The number of the statement prepared last: a server counts them from 1 on.</summary>
    public uint LastId { get; private set; }

    public PreparedStatement? Find(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            statement.LastUse = ++_uses;
        return statement;
    }

    public PreparedStatement Add(string sql, uint id, int parameterCount)
    {
        LastId = id;
        if (_statements.Count >= Capacity)
            Remove(OldestStatement());
        var statement = new PreparedStatement(sql, id, parameterCount) { LastUse = ++_uses };
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>A statement that could not be prepared has used up a number all the same.</summary>
    public void PrepareFailed() => LastId++;

    public void Remove(PreparedStatement statement)
    {
        if (_statements.Remove(statement.Sql))
            _closing.Add(statement.Id);
    }

    /// <summary>Writes COM_STMT_CLOSE, which has no answer, for the statements that were given up.</summary>
    public void WriteCloses(PacketWriter writer)
    {
        foreach (var id in _closing)
        {
            writer.Begin(CommandCode.StatementClose);
            writer.WriteUInt32(id);
            writer.End();
        }
        _closing.Clear();
    }

    private PreparedStatement OldestStatement()
    {
        PreparedStatement? oldest = null;
        foreach (var statement in _statements.Values)
        {
            if (oldest is null || statement.LastUse < oldest.LastUse)
                oldest = statement;
        }
        return oldest!;
    }
}
