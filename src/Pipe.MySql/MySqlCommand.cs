using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Pipe.MySql.Protocol;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>An SQL statement, with values for its parameters.</summary>
/// <remarks>
/// With parameters the statement is prepared by the server and stays so for this connection; a later command with the same
/// text needs no second preparation. Without parameters it goes to the server as it is.
/// </remarks>
public sealed class MySqlCommand : DbCommand
{
    private string _commandText = "";
    private int? _commandTimeout;
    private KillQuery? _running;

    /// <summary>Creates a command.</summary>
    public MySqlCommand()
    {
    }

    /// <summary>Creates a command.</summary>
    public MySqlCommand(string? commandText)
        : this(commandText, connection: null)
    {
    }

    /// <summary>Creates a command.</summary>
    public MySqlCommand(string? commandText, MySqlConnection? connection)
        : this(commandText, connection, transaction: null)
    {
    }

    /// <summary>Creates a command.</summary>
    public MySqlCommand(string? commandText, MySqlConnection? connection, MySqlTransaction? transaction)
    {
        _commandText = commandText ?? "";
        Connection = connection;
        Transaction = transaction;
    }

    /// <inheritdoc/>
    [AllowNull]
    [SuppressMessage("Security", "CA2100", Justification = "This is where the caller's text is kept.")]
    public override string CommandText
    {
        get => _commandText;
        set => _commandText = value ?? "";
    }

    /// <summary>Seconds that the server's answer may take; 0 for no limit. DefaultCommandTimeout unless set.</summary>
    public override int CommandTimeout
    {
        get => _commandTimeout ?? (int)(Connection?.Options.DefaultCommandTimeoutSeconds ?? 30);
        set => _commandTimeout = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Not <see cref="CommandType.Text"/>.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw new NotSupportedException("Only CommandType.Text is supported; a procedure is run with CALL.");
        }
    }

    /// <summary>The connection.</summary>
    public new MySqlConnection? Connection { get; set; }

    /// <summary>The transaction, which has to be the connection's unless IgnoreCommandTransaction is set.</summary>
    public new MySqlTransaction? Transaction { get; set; }

    /// <summary>The parameters.</summary>
    public new MySqlParameterCollection Parameters { get; } = new();

    /// <summary>The AUTO_INCREMENT value that the last execution made, or 0.</summary>
    public long LastInsertedId { get; internal set; }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>True after <see cref="Prepare"/>, as long as the text stays the same.</summary>
    public bool IsPrepared => PreparedText is not null && PreparedText == _commandText;

    internal string? PreparedText { get; private set; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => Connection;
        set => Connection = (MySqlConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => Transaction;
        set => Transaction = (MySqlTransaction?)value;
    }

    /// <summary>Asks the server, over a second connection, to stop this command if another thread is waiting for it.</summary>
    public override void Cancel() => _running?.Cancel();

    /// <summary>Creates a parameter that is not yet in <see cref="Parameters"/>.</summary>
    public new MySqlParameter CreateParameter() => (MySqlParameter)base.CreateParameter();

    /// <summary>Has the server prepare the statement now.</summary>
    public override void Prepare()
    {
        var connection = ReadyConnection();
        var text = Parse(connection.OpenSession);
        connection.Execute(NewFlow(connection.IdleSession(), out _).Prepare(text.Sql));
        PreparedText = _commandText;
    }

    /// <inheritdoc cref="Prepare"/>
    public override async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        var connection = ReadyConnection();
        var text = Parse(connection.OpenSession);
        await connection.ExecuteAsync(NewFlow(connection.IdleSession(), out _).Prepare(text.Sql), cancellationToken).ConfigureAwait(false);
        PreparedText = _commandText;
    }

    /// <summary>Runs the command and returns how many rows it changed, or -1 when it only read.</summary>
    /// <exception cref="MySqlException">The server reported an error, or the connection was lost.</exception>
    public override int ExecuteNonQuery()
    {
        using var reader = ExecuteReader(CommandBehavior.Default);
        reader.SkipToEnd();
        return reader.RecordsAffected;
    }

    /// <inheritdoc cref="ExecuteNonQuery"/>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        var reader = await ExecuteReaderAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.SkipToEndAsync().ConfigureAwait(false);
            return reader.RecordsAffected;
        }
    }

    /// <summary>Runs the command and returns the first value of the first row, or null when there is no row.</summary>
    /// <exception cref="MySqlException">The server reported an error, or the connection was lost.</exception>
    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader(CommandBehavior.Default);
        var value = reader.Read() ? reader.GetValue(0) : null;
        reader.SkipToEnd();
        return value;
    }

    /// <inheritdoc cref="ExecuteScalar"/>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        var reader = await ExecuteReaderAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var value = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetValue(0) : null;
            await reader.SkipToEndAsync().ConfigureAwait(false);
            return value;
        }
    }

    /// <summary>Runs the command and returns its rows.</summary>
    /// <exception cref="MySqlException">The server reported an error, or the connection was lost.</exception>
    public new MySqlDataReader ExecuteReader(CommandBehavior behavior = CommandBehavior.Default)
    {
        var connection = ReadyConnection();
        var session = connection.IdleSession();
        var flow = Start(session, out var results);
        var reader = new MySqlDataReader(this, connection, session, results, behavior);
        reader.Start(flow, _running = new KillQuery(session));
        return reader;
    }

    /// <inheritdoc cref="ExecuteReader"/>
    public new Task<MySqlDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);

    /// <inheritdoc cref="ExecuteReader"/>
    public new async Task<MySqlDataReader> ExecuteReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = ReadyConnection();
        var session = connection.IdleSession();
        var flow = Start(session, out var results);
        var reader = new MySqlDataReader(this, connection, session, results, behavior);
        await reader.StartAsync(flow, _running = new KillQuery(session) { CancellationToken = cancellationToken }).ConfigureAwait(false);
        return reader;
    }

    internal void Ended() => _running = null;

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new MySqlParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);

    private static CommandFlow NewFlow(ServerSession session, out ResultReader results) => new(session, results = new ResultReader(session));

    private IEnumerator<IoStep> Start(ServerSession session, out ResultReader results)
    {
        LastInsertedId = 0;
        var flow = NewFlow(session, out results);
        if (Parameters.Count == 0 && !IsPrepared)
            return flow.Query(_commandText);
        var text = Parse(session);
        return text.Parameters.Count == 0 && !IsPrepared ? flow.Query(_commandText) : flow.Execute(text, Parameters);
    }

    private SqlText Parse(ServerSession session) => SqlText.Parse(
        _commandText, Parameters, session.Options.AllowUserVariables, session.Status.HasFlag(ServerStatus.NoBackslashEscapes));

    private MySqlConnection ReadyConnection()
    {
        var connection = Connection ?? throw new InvalidOperationException("The command has no connection.");
        if (connection.State != ConnectionState.Open)
            throw new InvalidOperationException("The connection is not open.");
        if (_commandText.Length == 0)
            throw new InvalidOperationException("The command has no text.");
        if (!connection.Options.IgnoreCommandTransaction && !ReferenceEquals(Transaction, connection.CurrentTransaction))
        {
            throw new InvalidOperationException(Transaction is null
                ? "The connection has a transaction, which the command's Transaction has to be."
                : "The command's Transaction is not the connection's.");
        }
        return connection;
    }
}
