using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Pipe.MySql.Protocol;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>Reads the rows of a command, forward only.</summary>
/// <remarks>The connection can do nothing else until the reader is closed.</remarks>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's reader is an untyped sequence of records.")]
public sealed class MySqlDataReader : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly MySqlCommand _command;
    private readonly MySqlConnection _connection;
    private readonly ServerSession _session;
    private readonly ResultReader _results;
    private readonly ColumnTypeMapper _types;
    private readonly CommandBehavior _behavior;
    private KillQuery? _interruption;
    private bool _hasRow;
    private bool _isPeeked;
    private bool _hadRow;

    internal MySqlDataReader(
        MySqlCommand command, MySqlConnection connection, ServerSession session, ResultReader results, CommandBehavior behavior)
    {
        _command = command;
        _connection = connection;
        _session = session;
        _results = results;
        _types = new ColumnTypeMapper(session.Options);
        _behavior = behavior;
        if (behavior.HasFlag(CommandBehavior.SequentialAccess))
            results.Sequential = new SequentialRow(session, results, Failed);
    }

    /// <inheritdoc/>
    public override int FieldCount => _results.Columns.Length;

    /// <inheritdoc/>
    public override bool IsClosed => IsOver;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <summary>Rows that the command changed, or -1 when it only read.</summary>
    public override int RecordsAffected => (int)Math.Min(_results.AffectedRows, int.MaxValue);

    /// <inheritdoc/>
    public override bool HasRows
    {
        get
        {
            if (!_hadRow && !IsOver && _results.HasMoreRows)
            {
                _hadRow = ReadRow();
                _isPeeked = true;
            }
            return _hadRow;
        }
    }

    private bool IsOver { get; set; }

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>Turns to the next row; false when there is none.</summary>
    /// <exception cref="MySqlException">The server reported an error, or the connection was lost.</exception>
    public override bool Read()
    {
        ThrowIfClosed();
        if (_isPeeked)
            _isPeeked = false;
        else
            _hadRow |= _hasRow = ReadRow();
        return _hasRow;
    }

    /// <inheritdoc cref="Read"/>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellationToken);
        if (_isPeeked)
        {
            _isPeeked = false;
            return Task.FromResult(_hasRow);
        }
        _interruption!.CancellationToken = cancellationToken;
        return ReadRowAsync();
    }

    /// <summary>Skips what is left of this result and turns to the next one; false when there is none.</summary>
    public override bool NextResult()
    {
        ThrowIfClosed();
        SkipRows();
        return TryNextResult();
    }

    /// <inheritdoc cref="NextResult"/>
    public override async Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        _interruption!.CancellationToken = cancellationToken;
        await SkipRowsAsync().ConfigureAwait(false);
        return await TryNextResultAsync().ConfigureAwait(false);
    }

    /// <summary>Reads the rest of the server's answer, so that the connection is free again.</summary>
    public override void Close()
    {
        if (IsOver)
            return;
        try
        {
            if (!_session.IsBroken)
                SkipToEnd();
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc cref="Close"/>
    public override async Task CloseAsync()
    {
        if (IsOver)
            return;
        try
        {
            if (!_session.IsBroken)
                await SkipToEndAsync().ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal)
    {
        CheckRow(ordinal);
        return _results.IsNull(ordinal);
    }

    /// <inheritdoc/>
    public override object GetValue(int ordinal)
    {
        CheckRow(ordinal);
        return _results.IsNull(ordinal) ? DBNull.Value : _types.ToObject(_results.Columns[ordinal], _results.Value(ordinal));
    }

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => Number(ordinal) != 0;

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => decimal.ToByte(Number(ordinal));

    /// <summary>The value as an 8-bit signed integer.</summary>
    public sbyte GetSByte(int ordinal) => decimal.ToSByte(Number(ordinal));

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => decimal.ToInt16(Number(ordinal));

    /// <summary>The value as a 16-bit unsigned integer.</summary>
    public ushort GetUInt16(int ordinal) => decimal.ToUInt16(Number(ordinal));

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    /// <summary>The value as a 32-bit unsigned integer.</summary>
    public uint GetUInt32(int ordinal) => checked((uint)GetInt64(ordinal));

    /// <inheritdoc/>
    public override long GetInt64(int ordinal)
    {
        var value = Present(ordinal);
        if (!IsInteger(ordinal))
            return decimal.ToInt64(Number(ordinal));
        var bits = value.AsInteger();
        return IsUnsigned(ordinal) ? checked((long)bits) : (long)bits;
    }

    /// <summary>The value as a 64-bit unsigned integer.</summary>
    public ulong GetUInt64(int ordinal)
    {
        var value = Present(ordinal);
        if (!IsInteger(ordinal))
            return decimal.ToUInt64(Number(ordinal));
        var bits = value.AsInteger();
        return IsUnsigned(ordinal) ? bits : checked((ulong)(long)bits);
    }

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => _results.Columns[ordinal].Type switch
    {
        ColumnType.Float => Present(ordinal).AsSingle(),
        ColumnType.Double => (float)Present(ordinal).AsDouble(),
        _ => (float)Number(ordinal),
    };

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => _results.Columns[ordinal].Type switch
    {
        ColumnType.Float => Present(ordinal).AsSingle(),
        ColumnType.Double => Present(ordinal).AsDouble(),
        _ => (double)Number(ordinal),
    };

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => Number(ordinal);

    /// <inheritdoc/>
    public override string GetString(int ordinal)
    {
        var value = Present(ordinal);
        return ColumnTypeMapper.IsText(_results.Columns[ordinal])
            ? value.AsString()
            : throw WrongType(ordinal, typeof(string));
    }

    /// <inheritdoc/>
    public override char GetChar(int ordinal) =>
        GetString(ordinal) is [var character, ..] ? character : throw WrongType(ordinal, typeof(char));

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal)
    {
        var value = Present(ordinal);
        return IsDateTime(ordinal) ? _types.ToDateTime(value.AsDateTime()) : throw WrongType(ordinal, typeof(DateTime));
    }

    /// <summary>The date as the server stores it, zero dates among them.</summary>
    public MySqlDateTime GetMySqlDateTime(int ordinal)
    {
        var value = Present(ordinal);
        return IsDateTime(ordinal) ? value.AsDateTime() : throw WrongType(ordinal, typeof(MySqlDateTime));
    }

    /// <summary>The value of a TIME column.</summary>
    public TimeSpan GetTimeSpan(int ordinal)
    {
        var value = Present(ordinal);
        return _results.Columns[ordinal].Type == ColumnType.Time ? value.AsTimeSpan() : throw WrongType(ordinal, typeof(TimeSpan));
    }

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal)
    {
        var value = Present(ordinal);
        return ColumnTypeMapper.IsText(_results.Columns[ordinal]) || value.Bytes.Length == 16
            ? _types.ToGuid(value)
            : throw WrongType(ordinal, typeof(Guid));
    }

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        if (_results.Sequential is { } sequential)
        {
            ThrowIfNull(ordinal);
            return buffer is null ? sequential.Length(ordinal) : sequential.Read(ordinal, dataOffset, buffer.AsSpan(bufferOffset, length));
        }

        var bytes = Present(ordinal).Bytes;
        if (buffer is null)
            return bytes.Length;
        if (dataOffset >= bytes.Length)
            return 0;
        var part = bytes[(int)dataOffset..];
        part = part[..Math.Min(part.Length, length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = GetString(ordinal);
        if (buffer is null)
            return text.Length;
        if (dataOffset >= text.Length)
            return 0;
        var count = Math.Min(text.Length - (int)dataOffset, length);
        text.CopyTo((int)dataOffset, buffer, bufferOffset, count);
        return count;
    }

    /// <summary>The value's bytes. The stream is good until the next row is read.</summary>
    /// <remarks>With <see cref="CommandBehavior.SequentialAccess"/> the bytes come from the server as they are read.</remarks>
    public override Stream GetStream(int ordinal)
    {
        ThrowIfNull(ordinal);
        return _results.Sequential?.OpenStream(ordinal) ?? new ReadOnlyMemoryStream(_results.Memory(ordinal));
    }

    /// <inheritdoc/>
    public override async Task<bool> IsDBNullAsync(int ordinal, CancellationToken cancellationToken)
    {
        await PrepareAsync(ordinal, wholeValue: false, cancellationToken).ConfigureAwait(false);
        return IsDBNull(ordinal);
    }

    /// <inheritdoc/>
    public override async Task<T> GetFieldValueAsync<T>(int ordinal, CancellationToken cancellationToken)
    {
        await PrepareAsync(ordinal, typeof(T) != typeof(Stream), cancellationToken).ConfigureAwait(false);
        return GetFieldValue<T>(ordinal);
    }

    /// <inheritdoc/>
    public override T GetFieldValue<T>(int ordinal)
    {
        object value;
        if (typeof(T) == typeof(int))
            value = GetInt32(ordinal);
        else if (typeof(T) == typeof(long))
            value = GetInt64(ordinal);
        else if (typeof(T) == typeof(uint))
            value = GetUInt32(ordinal);
        else if (typeof(T) == typeof(ulong))
            value = GetUInt64(ordinal);
        else if (typeof(T) == typeof(short))
            value = GetInt16(ordinal);
        else if (typeof(T) == typeof(ushort))
            value = GetUInt16(ordinal);
        else if (typeof(T) == typeof(byte))
            value = GetByte(ordinal);
        else if (typeof(T) == typeof(sbyte))
            value = GetSByte(ordinal);
        else if (typeof(T) == typeof(bool))
            value = GetBoolean(ordinal);
        else if (typeof(T) == typeof(string))
            value = GetString(ordinal);
        else if (typeof(T) == typeof(DateTime))
            value = GetDateTime(ordinal);
        else if (typeof(T) == typeof(MySqlDateTime))
            value = GetMySqlDateTime(ordinal);
        else if (typeof(T) == typeof(DateOnly))
            value = DateOnly.FromDateTime(GetDateTime(ordinal));
        else if (typeof(T) == typeof(TimeSpan))
            value = GetTimeSpan(ordinal);
        else if (typeof(T) == typeof(TimeOnly))
            value = TimeOnly.FromTimeSpan(GetTimeSpan(ordinal));
        else if (typeof(T) == typeof(decimal))
            value = GetDecimal(ordinal);
        else if (typeof(T) == typeof(double))
            value = GetDouble(ordinal);
        else if (typeof(T) == typeof(float))
            value = GetFloat(ordinal);
        else if (typeof(T) == typeof(Guid))
            value = GetGuid(ordinal);
        else if (typeof(T) == typeof(byte[]))
            value = Present(ordinal).Bytes.ToArray();
        else if (typeof(T) == typeof(Stream))
            value = GetStream(ordinal);
        else
            return base.GetFieldValue<T>(ordinal);
        return (T)value;
    }

    /// <inheritdoc/>
    public override string GetName(int ordinal) => _results.Columns[ordinal].Name;

    /// <summary>The position of a column; its name may differ in case.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    [SuppressMessage("Usage", "CA2201", Justification = "The exception that ADO.NET defines for this.")]
    public override int GetOrdinal(string name)
    {
        var columns = _results.Columns;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Name == name)
                return i;
        }
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        throw new IndexOutOfRangeException($"There is no column '{name}'.");
    }

    /// <inheritdoc/>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => _types.TypeOf(_results.Columns[ordinal]);

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => ColumnTypeMapper.ServerTypeName(_results.Columns[ordinal]);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <summary>The columns of the current result.</summary>
    public ReadOnlyCollection<DbColumn> GetColumnSchema() =>
        new(Array.ConvertAll(_results.Columns, DbColumn (column) => new MySqlDbColumn(column, _types, Array.IndexOf(_results.Columns, column))));

    internal void Start(IEnumerator<IoStep> flow, KillQuery interruption)
    {
        Attach(interruption);
        try
        {
            Run(flow);
        }
        catch
        {
            End();
            throw;
        }
    }

    internal async Task StartAsync(IEnumerator<IoStep> flow, KillQuery interruption)
    {
        Attach(interruption);
        try
        {
            await RunAsync(flow).ConfigureAwait(false);
        }
        catch
        {
            End();
            throw;
        }
    }

    internal void SkipToEnd()
    {
        do
            SkipRows();
        while (TryNextResult());
    }

    internal async Task SkipToEndAsync()
    {
        do
            await SkipRowsAsync().ConfigureAwait(false);
        while (await TryNextResultAsync().ConfigureAwait(false));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    private void Attach(KillQuery interruption)
    {
        _interruption = interruption;
        _connection.ActiveReader = this;
        _session.StartCommand(_command.CommandTimeout, interruption);
    }

    private bool ReadRow()
    {
        try
        {
            RowState state;
            while ((state = _results.TryReadRow()) == RowState.Incomplete)
                _session.Receive();
            return _hasRow = state == RowState.Row;
        }
        catch (MySqlException ex)
        {
            throw Failed(ex);
        }
    }

    // A row that is there already costs no more than a synchronous read.
    private Task<bool> ReadRowAsync()
    {
        try
        {
            var state = _results.TryReadRow();
            if (state == RowState.Incomplete)
                return ReceiveRowAsync();
            _hadRow |= _hasRow = state == RowState.Row;
            return Task.FromResult(_hasRow);
        }
        catch (MySqlException ex)
        {
            return Task.FromException<bool>(Failed(ex));
        }
    }

    private async Task<bool> ReceiveRowAsync()
    {
        try
        {
            RowState state;
            do
                await _session.ReceiveAsync().ConfigureAwait(false);
            while ((state = _results.TryReadRow()) == RowState.Incomplete);
            _hadRow |= _hasRow = state == RowState.Row;
            return _hasRow;
        }
        catch (MySqlException ex)
        {
            throw Failed(ex);
        }
    }

    private void SkipRows()
    {
        while (_results.HasMoreRows)
            _ = ReadRow();
        _hasRow = _isPeeked = false;
    }

    private async Task SkipRowsAsync()
    {
        while (_results.HasMoreRows)
            _ = await ReadRowAsync().ConfigureAwait(false);
        _hasRow = _isPeeked = false;
    }

    private bool TryNextResult()
    {
        _hadRow = false;
        if (!_results.HasMoreResults)
        {
            _results.NoMoreResults();
            return false;
        }
        Run(_results.ReadHeader());
        return true;
    }

    private async Task<bool> TryNextResultAsync()
    {
        _hadRow = false;
        if (!_results.HasMoreResults)
        {
            _results.NoMoreResults();
            return false;
        }
        await RunAsync(_results.ReadHeader()).ConfigureAwait(false);
        return true;
    }

    private void Run(IEnumerator<IoStep> flow)
    {
        try
        {
            _session.Run(flow);
        }
        catch (MySqlException ex)
        {
            throw Failed(ex);
        }
    }

    private async Task RunAsync(IEnumerator<IoStep> flow)
    {
        try
        {
            await _session.RunAsync(flow).ConfigureAwait(false);
        }
        catch (MySqlException ex)
        {
            throw Failed(ex);
        }
    }

    private Exception Failed(MySqlException exception)
    {
        _hasRow = false;
        if (exception.IsFatal)
            _session.Break();
        return _interruption!.Explain(exception);
    }

    private void End()
    {
        if (IsOver)
            return;
        IsOver = true;
        _hasRow = false;
        _command.LastInsertedId = _results.LastInsertId;
        _command.Ended();
        if (ReferenceEquals(_connection.ActiveReader, this))
            _connection.ActiveReader = null;
        if (_behavior.HasFlag(CommandBehavior.CloseConnection))
            _connection.Close();
    }

    private void ThrowIfClosed()
    {
        if (IsOver)
            throw new InvalidOperationException("The reader is closed.");
    }

    private void CheckRow(int ordinal)
    {
        if (!_hasRow || _isPeeked)
            throw new InvalidOperationException("There is no current row: Read has to return true first.");
        if ((uint)ordinal >= (uint)FieldCount)
            throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, "There is no such column.");
    }

    private async ValueTask PrepareAsync(int ordinal, bool wholeValue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckRow(ordinal);
        if (_results.Sequential is not { } sequential)
            return;
        _interruption!.CancellationToken = cancellationToken;
        await sequential.PrepareAsync(ordinal, wholeValue).ConfigureAwait(false);
    }

    private ColumnValue Present(int ordinal)
    {
        ThrowIfNull(ordinal);
        return _results.Value(ordinal);
    }

    private void ThrowIfNull(int ordinal)
    {
        CheckRow(ordinal);
        if (_results.IsNull(ordinal))
            throw new InvalidCastException($"The column '{GetName(ordinal)}' is NULL.");
    }

    private decimal Number(int ordinal)
    {
        var value = Present(ordinal);
        if (IsInteger(ordinal))
            return IsUnsigned(ordinal) ? value.AsInteger() : (long)value.AsInteger();
        return _results.Columns[ordinal].Type switch
        {
            ColumnType.Decimal or ColumnType.NewDecimal => value.AsDecimal(),
            ColumnType.Float => (decimal)value.AsSingle(),
            ColumnType.Double => (decimal)value.AsDouble(),
            _ => throw WrongType(ordinal, typeof(decimal)),
        };
    }

    private bool IsInteger(int ordinal) => _results.Columns[ordinal].Type is ColumnType.Tiny or ColumnType.Short or ColumnType.Long
        or ColumnType.Int24 or ColumnType.LongLong or ColumnType.Year or ColumnType.Bit;

    private bool IsUnsigned(int ordinal) => _results.Columns[ordinal] is { IsUnsigned: true } or { Type: ColumnType.Bit };

    private bool IsDateTime(int ordinal) => _results.Columns[ordinal].Type is ColumnType.Date or ColumnType.NewDate
        or ColumnType.DateTime or ColumnType.Timestamp;

    private InvalidCastException WrongType(int ordinal, Type type) =>
        new($"The column '{GetName(ordinal)}' of the type {GetDataTypeName(ordinal)} is not a {type.Name}.");
}
