using Pipe.MySql.Protocol;

namespace Pipe.MySql.Session;

/// <summary>The prepared statements of a session by their SQL, so that a statement that comes again is one command and not two.</summary>
internal sealed class StatementCache
{
    // The server's limit (max_prepared_stmt_count) is for all its clients together.
    private const int Capacity = 64;

    // MariaDB's name for the statement that was prepared last.
    private const uint LastPrepared = uint.MaxValue;

    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);
    private readonly List<uint> _closing = [];
    private long _uses;
    private uint _lastId;

    /// <summary>The number by which to execute a statement together with its preparation, before its own number is known.</summary>
    /// <remarks>
    /// "The last one" is good for the first statement only. Later, when a preparation fails, it may still be the statement
    /// before, which would then be executed with values that are not its own. But a server numbers the statements of a
    /// connection one by one, from wherever it begins, and no statement has the number after the last one: if that is not the
    /// number that the new statement gets, the execution fails without having done anything.
    /// </remarks>
    public uint NextId => _lastId == 0 ? LastPrepared : _lastId + 1;

    /// <summary>True when an execution by <see cref="NextId"/> reached the statement.</summary>
    public static bool IsHit(uint nextId, PreparedStatement statement) => nextId == LastPrepared || nextId == statement.Id;

    public PreparedStatement? Find(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            statement.LastUse = ++_uses;
        return statement;
    }

    public PreparedStatement Add(string sql, uint id, int parameterCount)
    {
        _lastId = id;
        if (_statements.Count >= Capacity)
            Remove(OldestStatement());
        var statement = new PreparedStatement(sql, id, parameterCount) { LastUse = ++_uses };
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>A statement that could not be prepared has used up a number all the same.</summary>
    public void PrepareFailed()
    {
        if (_lastId != 0)
            _lastId++;
    }

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
