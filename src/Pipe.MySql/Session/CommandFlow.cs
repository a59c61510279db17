using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>Sends one command and reads its answer up to the first row.</summary>
internal sealed class CommandFlow(ServerSession session, ResultReader results)
{
    // Both requests have to fit into what the sockets hold back, or each side could wait for the other to read.
    private const int MaxPipelinedBytes = 32 * 1024;

    // Smaller packets are sent without asking for the server's limit, which is hardly ever below.
    private const int UncheckedPacketBytes = 1 << 20;

    private const byte NewTypesFollow = 1;

    private readonly Channel _channel = session.Channel;
    private MySqlException? _prepareError;
    private PreparedStatement? _prepared;

    /// <summary>Runs a text without parameters.</summary>
    public IEnumerator<IoStep> Query(string sql)
    {
        results.IsBinary = false;
        session.Statements.WriteCloses(_channel.Writer);
        _channel.Writer.Begin(CommandCode.Query);
        _channel.Writer.WriteString(sql);
        _channel.Writer.End();
        for (var check = CheckSize(); check.MoveNext();)
            yield return check.Current;
        yield return IoStep.Send;

        for (var header = results.ReadHeader(); header.MoveNext();)
            yield return header.Current;
    }

    /// <summary>Prepares a statement, unless it is prepared.</summary>
    public IEnumerator<IoStep> Prepare(string sql)
    {
        if (session.Statements.Find(sql) is not null)
            yield break;

        WritePrepare(sql);
        for (var check = CheckSize(); check.MoveNext();)
            yield return check.Current;
        yield return IoStep.Send;
        for (var answer = ReadPrepareAnswer(sql); answer.MoveNext();)
            yield return answer.Current;
        if (_prepareError is not null)
            throw _prepareError;
    }

    /// <summary>Runs a statement with parameters, and prepares it first unless it is prepared.</summary>
    /// <exception cref="NotSupportedException">The type of a parameter's value is unknown.</exception>
    public IEnumerator<IoStep> Execute(SqlText text, MySqlParameterCollection parameters)
    {
        var values = new object?[text.Parameters.Count];
        var types = new ushort[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = parameters[text.Parameters[i]].Value;
            types[i] = ParameterValue.WireType(values[i], session.Options);
        }
        return Execute(text, values, types);
    }

    private IEnumerator<IoStep> Execute(SqlText text, object?[] values, ushort[] types)
    {
        results.IsBinary = true;
        var isSent = false;
        _prepared = session.Statements.Find(text.Sql);
        var hasLongData = Array.Exists(values, ParameterValue.IsLongData);
        if (hasLongData && _prepared is not null)
        {
            // MariaDB 10.11 takes long data for the type that the parameter had in the execution before.
            session.Statements.Remove(_prepared);
            _prepared = null;
        }
        if (_prepared is null)
        {
            WritePrepare(text.Sql);
            var nextId = session.Statements.NextId;
            isSent = TryAddExecute(text, nextId, values, types);
            for (var check = CheckSize(); check.MoveNext();)
                yield return check.Current;
            yield return IoStep.Send;
            for (var answer = ReadPrepareAnswer(text.Sql); answer.MoveNext();)
                yield return answer.Current;

            if (isSent && (_prepared is null || !StatementCache.IsHit(nextId, _prepared)))
            {
                isSent = false;
                while (!_channel.TryReadPacket())
                    yield return IoStep.Receive;
                if (_channel.Payload is not [ErrPacket.Header, ..])
                    throw MySqlException.Malformed("a result of a statement that was not prepared");
            }
            if (_prepared is null)
                throw _prepareError!;
        }

        if (_prepared.ParameterCount != values.Length)
            throw MySqlException.ParameterCount(_prepared.ParameterCount, values.Length);
        if (!isSent)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (!ParameterValue.IsLongData(values[i]))
                    continue;
                for (var piece = LongDataFlow.Send(session, _prepared.Id, i, values[i]!); piece.MoveNext();)
                    yield return piece.Current;
            }
            session.Statements.WriteCloses(_channel.Writer);
            WriteExecute(_prepared.Id, values, types);
            for (var check = CheckSize(); check.MoveNext();)
                yield return check.Current;
            yield return IoStep.Send;
            if (hasLongData)
                session.Statements.Remove(_prepared);
        }

        for (var header = results.ReadHeader(); header.MoveNext();)
            yield return header.Current;
    }

    private void WritePrepare(string sql)
    {
        session.Statements.WriteCloses(_channel.Writer);
        _channel.Writer.Begin(CommandCode.StatementPrepare);
        _channel.Writer.WriteString(sql);
        _channel.Writer.End();
    }

    private bool TryAddExecute(SqlText text, uint statementId, object?[] values, ushort[] types)
    {
        if (!session.CanPipeline || !text.IsPlain || Array.Exists(values, ParameterValue.IsLongData))
            return false;
        var (length, largest) = (_channel.Writer.Length, _channel.Writer.LargestPayload);
        WriteExecute(statementId, values, types);
        if (_channel.Writer.Length <= MaxPipelinedBytes)
            return true;
        _channel.Writer.CutBack(length, largest);
        return false;
    }

    // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html
    private void WriteExecute(uint statementId, object?[] values, ushort[] types)
    {
        var writer = _channel.Writer;
        writer.Begin(CommandCode.StatementExecute);
        writer.WriteUInt32(statementId);
        writer.WriteByte(0);   // no cursor
        writer.WriteUInt32(1); // iterations
        if (values.Length > 0)
        {
            var nulls = writer.Length;
            writer.WriteZeros((values.Length + 7) / 8);
            writer.WriteByte(NewTypesFollow);
            foreach (var type in types)
                writer.WriteUInt16(type);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is null or DBNull)
                    writer.At(nulls + (i / 8)) |= (byte)(1 << (i % 8));
                else if (!ParameterValue.IsLongData(values[i]))
                    ParameterValue.Write(writer, values[i]!, session.Options);
            }
        }
        writer.End();
    }

    // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html
    private IEnumerator<IoStep> ReadPrepareAnswer(string sql)
    {
        _prepareError = null;
        while (!_channel.TryReadPacket())
            yield return IoStep.Receive;
        if (_channel.Payload is [ErrPacket.Header, ..])
        {
            _prepareError = MySqlException.FromServer(ErrPacket.Read(_channel.Payload));
            session.Statements.PrepareFailed();
            _channel.Expect(1);
            yield break;
        }

        var ok = StatementPrepareOkPacket.Read(_channel.Payload);
        // The definitions come again with each result, and those of parameters say nothing.
        var definitions = Definitions(ok.ParameterCount) + Definitions(ok.ColumnCount);
        for (var i = 0; i < definitions; i++)
        {
            while (!_channel.TryReadPacket())
                yield return IoStep.Receive;
        }
        _prepared = session.Statements.Add(sql, ok.StatementId, ok.ParameterCount);
        _channel.Expect(1); // of the next answer, if another command is under way
    }

    private int Definitions(int count) =>
        count == 0 || session.Capabilities.HasFlag(CapabilityFlags.DeprecateEof) ? count : count + 1;

    private IEnumerator<IoStep> CheckSize()
    {
        var largest = _channel.Writer.LargestPayload;
        if (largest <= UncheckedPacketBytes)
            yield break;

        if (session.MaxAllowedPacket is null)
        {
            var composed = _channel.ReplaceWriter(new PacketWriter());
            for (var ask = TextCommand.ReadMaxAllowedPacket(session); ask.MoveNext();)
                yield return ask.Current;
            _channel.ReplaceWriter(composed);
        }
        if (largest > session.MaxAllowedPacket)
        {
            _channel.Writer.Clear();
            throw MySqlException.PacketTooLarge(largest, session.MaxAllowedPacket.Value);
        }
    }
}
