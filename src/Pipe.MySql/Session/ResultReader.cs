using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>Reads the answer to one command: results of rows, and results without.</summary>
/// <remarks>https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html</remarks>
internal sealed class ResultReader(ServerSession session)
{
    private const byte LocalInfileHeader = 0xFB;
    private const int MaxColumns = 4096;
    private const int NullLength = -1;

    private readonly Channel _channel = session.Channel;
    private int[] _offsets = [];
    private int[] _lengths = [];
    private bool _isInSequentialRow;

    /// <summary>The columns of the current result; empty for one without rows.</summary>
    public ColumnDefinitionPacket[] Columns { get; private set; } = [];

    /// <summary>Set when values are taken from the connection in their order.</summary>
    public SequentialRow? Sequential { get; set; }

    /// <summary>Rows come in the binary protocol, as those of prepared statements do.</summary>
    public bool IsBinary { get; set; }

    /// <summary>True while rows of the current result are still to be read.</summary>
    public bool HasMoreRows { get; private set; }

    /// <summary>True while another result follows.</summary>
    public bool HasMoreResults { get; private set; } = true;

    /// <summary>Rows that the statements changed, or -1 when none of them could.</summary>
    public long AffectedRows { get; private set; } = -1;

    public long LastInsertId { get; private set; }

    public int WarningCount { get; private set; }

    /// <summary>Reads up to the first row of the next result.</summary>
    public IEnumerator<IoStep> ReadHeader()
    {
        while (!_channel.TryReadPacket())
            yield return IoStep.Receive;

        var count = ReadColumnCount();
        var columns = new List<ColumnDefinitionPacket>(Math.Min(count, 64));
        while (columns.Count < count)
        {
            while (!_channel.TryReadPacket())
                yield return IoStep.Receive;
            columns.Add(ColumnDefinitionPacket.Read(Checked(_channel.Payload)));
        }
        Columns = [.. columns];
        HasMoreRows = count > 0;
        if (count == 0)
            yield break;

        if (_offsets.Length < count)
        {
            _offsets = new int[count];
            _lengths = new int[count];
        }
        if (!session.Capabilities.HasFlag(CapabilityFlags.DeprecateEof))
        {
            while (!_channel.TryReadPacket())
                yield return IoStep.Receive;
            if (!EofPacket.Is(Checked(_channel.Payload), session.Capabilities))
                throw MySqlException.Malformed("no end of the columns");
        }
    }

    /// <summary>Turns to the next row, if all of it has come.</summary>
    public RowState TryReadRow()
    {
        if (!HasMoreRows)
            return RowState.End;
        if (!(Sequential is null ? _channel.TryReadPacket() : TryBeginSequentialRow()))
            return RowState.Incomplete;

        var payload = _channel.Payload;
        if (_isInSequentialRow)
        {
            Sequential!.Begin();
            return RowState.Row;
        }
        if (IsError(payload))
        {
            HasMoreRows = HasMoreResults = false;
            throw MySqlException.FromServer(ErrPacket.Read(payload));
        }
        if (EofPacket.Is(payload, session.Capabilities))
        {
            var end = EofPacket.Read(payload, session.Capabilities);
            HasMoreRows = false;
            EndResult(end.Status, end.WarningCount);
            return RowState.End;
        }

        if (IsBinary)
            FindBinaryValues(payload);
        else
            FindTextValues(payload);
        return RowState.Row;
    }

    /// <summary>Forgets the columns of the last result.</summary>
    public void NoMoreResults() => Columns = [];

    public bool IsNull(int ordinal) => Sequential?.IsNull(ordinal) ?? _lengths[ordinal] == NullLength;

    public ColumnValue Value(int ordinal) => Sequential is null
        ? new(Columns[ordinal], _channel.Payload.Slice(_offsets[ordinal], _lengths[ordinal]), IsBinary)
        : Sequential.Value(ordinal);

    /// <summary>The value's bytes, which stay as they are until the next row is read.</summary>
    public ReadOnlyMemory<byte> Memory(int ordinal) => _channel.PayloadMemory.Slice(_offsets[ordinal], _lengths[ordinal]);

    private static bool IsError(ReadOnlySpan<byte> payload) => payload is [ErrPacket.Header, ..];

    // Whatever ends the rows is read as a whole; of a row only the head.
    private bool TryBeginSequentialRow()
    {
        if (_isInSequentialRow && !_channel.TrySkipPayload())
            return false;
        _isInSequentialRow = false;
        _channel.BeginPacket();
        if (!_channel.TryAssemble(1))
            return false;
        var isEnd = IsError(_channel.Payload) || (_channel.Payload is [EofPacket.Header, ..] && _channel.IsLastFrame);
        if (!_channel.TryAssemble(isEnd ? int.MaxValue : SequentialRow.HeadBytes(this)))
            return false;
        _isInSequentialRow = !isEnd;
        return true;
    }

    private int ReadColumnCount()
    {
        var payload = _channel.Payload;
        switch (payload)
        {
            case [OkPacket.Header, ..]:
                var ok = OkPacket.Read(payload, session.Capabilities);
                // What a CALL reports last is about the call, but a SELECT before it does not count.
                AffectedRows = Math.Max(AffectedRows, 0) + (long)ok.AffectedRows;
                if (ok.LastInsertId != 0)
                    LastInsertId = (long)ok.LastInsertId;
                session.Database = ok.Schema ?? session.Database;
                EndResult(ok.Status, ok.WarningCount);
                return 0;
            case [ErrPacket.Header, ..]:
                HasMoreResults = false;
                throw MySqlException.FromServer(ErrPacket.Read(payload));
            case [LocalInfileHeader, ..]:
                throw MySqlException.LocalInfileRefused();
            default:
                var reader = new PayloadReader(payload);
                var count = reader.ReadLengthEncodedInteger();
                return count <= MaxColumns ? (int)count : throw MySqlException.Malformed($"{count} columns");
        }
    }

    private void EndResult(ServerStatus status, int warnings)
    {
        session.Status = status;
        WarningCount = warnings;
        HasMoreResults = status.HasFlag(ServerStatus.MoreResultsExist);
    }

    private void FindTextValues(ReadOnlySpan<byte> payload)
    {
        const byte nullValue = 0xFB;
        var reader = new PayloadReader(payload);
        for (var i = 0; i < Columns.Length; i++)
        {
            if (reader.Remaining > 0 && payload[reader.Offset] == nullValue)
            {
                reader.Skip(1);
                _lengths[i] = NullLength;
                continue;
            }
            _lengths[i] = reader.ReadLengthEncodedBytes().Length;
            _offsets[i] = reader.Offset - _lengths[i];
        }
        if (reader.Remaining > 0)
            throw MySqlException.Malformed("a row with more values than columns");
    }

    // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html
    private void FindBinaryValues(ReadOnlySpan<byte> payload)
    {
        const int firstNullBit = 2;
        var reader = new PayloadReader(payload);
        if (reader.ReadByte() != 0)
            throw MySqlException.Malformed("a row that is none");
        var nulls = reader.ReadBytes((Columns.Length + firstNullBit + 7) / 8);
        for (var i = 0; i < Columns.Length; i++)
        {
            var bit = i + firstNullBit;
            if ((nulls[bit / 8] & (1 << (bit % 8))) != 0)
            {
                _lengths[i] = NullLength;
                continue;
            }
            _lengths[i] = BinaryLength(Columns[i].Type, ref reader);
            _offsets[i] = reader.Offset - _lengths[i];
        }
        if (reader.Remaining > 0)
            throw MySqlException.Malformed("a row with more values than columns");
    }

    private static int BinaryLength(ColumnType type, ref PayloadReader reader)
    {
        var width = FixedWidth(type);
        if (width == 0)
            return reader.ReadLengthEncodedBytes().Length;
        reader.Skip(width);
        return width;
    }

    /// <summary>Bytes of a value in the binary protocol, or 0 for types whose values begin with their length.</summary>
    public static int FixedWidth(ColumnType type) => type switch
    {
        ColumnType.Tiny => sizeof(byte),
        ColumnType.Short or ColumnType.Year => sizeof(ushort),
        ColumnType.Long or ColumnType.Int24 or ColumnType.Float => sizeof(uint),
        ColumnType.LongLong or ColumnType.Double => sizeof(ulong),
        _ => 0,
    };

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> payload) =>
        payload is [ErrPacket.Header, ..] ? throw MySqlException.FromServer(ErrPacket.Read(payload)) : payload;
}
