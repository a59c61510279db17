using Pipe.MySql.Protocol;
using Pipe.MySql.Protocol.Packets;

namespace Pipe.MySql.Session;

/// <summary>A row whose values are taken from the connection in their order, so that a large one never lies in memory as a whole.</summary>
internal sealed class SequentialRow(ServerSession session, ResultReader results, Func<MySqlException, Exception> failed)
{
    private const byte NullPrefix = 0xFB;
    private const int FirstNullBit = 2;

    private readonly Channel _channel = session.Channel;
    private byte[] _nulls = [];
    private int _column;
    private bool _isPrefixRead;
    private bool _isNull;
    private long _length;
    private long _consumed;

    private long Remaining => _length - _consumed;

    /// <summary>Bytes of the row's head that have to be there before its values: in the binary protocol the NULL bitmap.</summary>
    public static int HeadBytes(ResultReader results) =>
        results.IsBinary ? 1 + ((results.Columns.Length + FirstNullBit + 7) / 8) : 1;

    /// <summary>Begins at the first value.</summary>
    public void Begin()
    {
        if (results.IsBinary)
        {
            var head = HeadBytes(results);
            if (_channel.Payload.Length < head || _channel.Payload[0] != OkPacket.Header)
                throw MySqlException.Malformed("a row that is none");
            _nulls = _channel.Payload[1..head].ToArray();
            _channel.Skip(head);
        }
        _column = 0;
        _isPrefixRead = false;
    }

    public bool IsNull(int ordinal)
    {
        Drive(MoveTo(ordinal));
        return _isNull;
    }

    public ColumnValue Value(int ordinal)
    {
        Drive(MoveTo(ordinal));
        Drive(AssembleValue());
        return new ColumnValue(results.Columns[ordinal], _channel.Payload[..(int)_length], results.IsBinary);
    }

    /// <summary>Receives a value, so that <see cref="Value"/> and <see cref="IsNull"/> need not wait.</summary>
    public async Task PrepareAsync(int ordinal, bool wholeValue)
    {
        await DriveAsync(MoveTo(ordinal)).ConfigureAwait(false);
        if (wholeValue && !_isNull)
            await DriveAsync(AssembleValue()).ConfigureAwait(false);
    }

    public Stream OpenStream(int ordinal)
    {
        Drive(MoveTo(ordinal));
        return new SequentialStream(this, ordinal);
    }

    /// <summary>Bytes of a value in all.</summary>
    public long Length(int ordinal)
    {
        Drive(MoveTo(ordinal));
        return _length;
    }

    /// <summary>Copies a part of a value that lies behind the parts that were copied before.</summary>
    public int Read(int ordinal, long offset, Span<byte> buffer)
    {
        Drive(MoveTo(ordinal));
        if (offset < _consumed)
            throw new InvalidOperationException("With SequentialAccess a value is read forward only.");
        var copied = 0;
        Drive(SkipTo(Math.Min(offset, _length)));
        while (copied < buffer.Length && Remaining > 0)
        {
            Drive(AssembleSome());
            copied += Take(buffer[copied..]);
        }
        return copied;
    }

    public int Read(int ordinal, Span<byte> buffer)
    {
        Check(ordinal);
        if (Remaining == 0 || buffer.IsEmpty)
            return 0;
        Drive(AssembleSome());
        return Take(buffer);
    }

    public async ValueTask<int> ReadAsync(int ordinal, Memory<byte> buffer)
    {
        Check(ordinal);
        if (Remaining == 0 || buffer.IsEmpty)
            return 0;
        await DriveAsync(AssembleSome()).ConfigureAwait(false);
        return Take(buffer.Span);
    }

    private void Check(int ordinal)
    {
        if (_column != ordinal || session.IsBroken)
            throw new InvalidOperationException("The reader has gone on to another value, or is closed.");
    }

    private int Take(Span<byte> buffer)
    {
        var count = (int)Math.Min(Math.Min(_channel.Payload.Length, Remaining), buffer.Length);
        _channel.Payload[..count].CopyTo(buffer);
        _channel.Skip(count);
        _consumed += count;
        return count;
    }

    private IEnumerator<IoStep> MoveTo(int ordinal)
    {
        if (ordinal < _column)
            throw new InvalidOperationException("With SequentialAccess the columns are read in their order.");
        while (true)
        {
            if (!_isPrefixRead)
            {
                for (var prefix = ReadPrefix(); prefix.MoveNext();)
                    yield return prefix.Current;
            }
            if (_column == ordinal)
                yield break;
            for (var skip = SkipTo(_length); skip.MoveNext();)
                yield return skip.Current;
            _column++;
            _isPrefixRead = false;
        }
    }

    private IEnumerator<IoStep> ReadPrefix()
    {
        _consumed = 0;
        var bit = _column + FirstNullBit;
        _isNull = results.IsBinary && (_nulls[bit / 8] & (1 << (bit % 8))) != 0;
        _length = _isNull ? 0 : results.IsBinary ? ResultReader.FixedWidth(results.Columns[_column].Type) : 0;
        if (!_isNull && _length == 0)
        {
            while (!_channel.TryAssemble(1))
                yield return IoStep.Receive;
            _isNull = !results.IsBinary && First() == NullPrefix;
            var bytes = First() switch { 0xFC => 3, 0xFD => 4, 0xFE => 9, _ => 1 };
            while (!_channel.TryAssemble(bytes))
                yield return IoStep.Receive;
            if (!_isNull)
                _length = ReadLength();
            _channel.Skip(bytes);
        }
        _isPrefixRead = true;
    }

    private byte First() => _channel.Payload is [var first, ..] ? first : throw MySqlException.Truncated(1, 0);

    private long ReadLength()
    {
        var length = new PayloadReader(_channel.Payload).ReadLengthEncodedInteger();
        return length <= int.MaxValue ? (long)length : throw MySqlException.Truncated(length, _channel.Payload.Length);
    }

    private IEnumerator<IoStep> SkipTo(long offset)
    {
        while (_consumed < offset)
        {
            for (var some = AssembleSome(); some.MoveNext();)
                yield return some.Current;
            var count = (int)Math.Min(_channel.Payload.Length, offset - _consumed);
            _channel.Skip(count);
            _consumed += count;
        }
    }

    private IEnumerator<IoStep> AssembleSome()
    {
        while (!_channel.TryAssemble(1))
            yield return IoStep.Receive;
        _ = First();
    }

    private IEnumerator<IoStep> AssembleValue()
    {
        if (_consumed > 0)
            throw new InvalidOperationException("A part of the value was read already.");
        if (_isNull)
            yield break;
        while (!_channel.TryAssemble((int)_length))
            yield return IoStep.Receive;
        if (_channel.Payload.Length < _length)
            throw MySqlException.Truncated((ulong)_length, _channel.Payload.Length);
    }

    private void Drive(IEnumerator<IoStep> flow)
    {
        try
        {
            while (flow.MoveNext())
                session.Receive();
        }
        catch (MySqlException ex)
        {
            throw failed(ex);
        }
    }

    private async Task DriveAsync(IEnumerator<IoStep> flow)
    {
        try
        {
            while (flow.MoveNext())
                await session.ReceiveAsync().ConfigureAwait(false);
        }
        catch (MySqlException ex)
        {
            throw failed(ex);
        }
    }
}
