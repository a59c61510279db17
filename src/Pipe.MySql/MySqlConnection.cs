using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Pipe.MySql.Session;

namespace Pipe.MySql;

/// <summary>A connection to a MySQL or MariaDB server. There is no pool: opening connects, closing disconnects.</summary>
/// <remarks>Not for use by several threads at a time, except <see cref="MySqlCommand.Cancel"/>.</remarks>
public sealed class MySqlConnection : DbConnection
{
    private ConnectionOptions _options;
    private string _connectionString;
    private ServerSession? _session;
    private bool _hidePassword;

    /// <summary>Creates a connection without a connection string.</summary>
    public MySqlConnection()
        : this("")
    {
    }

    /// <summary>Creates a connection that is still closed.</summary>
    /// <exception cref="ArgumentException">An option of the connection string is unknown or its value is none.</exception>
    public MySqlConnection(string? connectionString)
    {
        _connectionString = connectionString ?? "";
        _options = ConnectionOptions.Parse(connectionString);
    }

    /// <summary>The connection string; without its password once the connection was opened, unless PersistSecurityInfo is set.</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => _hidePassword ? ConnectionStringScanner.WithoutPassword(_connectionString) : _connectionString;
        set
        {
            if (_session is not null)
                throw new InvalidOperationException("The connection string cannot change while the connection is open.");
            _options = ConnectionOptions.Parse(value);
            _connectionString = value ?? "";
            _hidePassword = false;
        }
    }

    /// <inheritdoc/>
    public override string Database => _session?.Database ?? _options.Database;

    /// <inheritdoc/>
    public override string DataSource => _options.Server;

    /// <summary>The server's version, such as <c>10.11.6-MariaDB</c>.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public override string ServerVersion => OpenSession.Version.Text;

    /// <summary>The server's number of this connection.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public int ServerThread => (int)OpenSession.ThreadId;

    /// <summary>Seconds that connecting to one host may take, with TLS and authentication; 0 for no limit.</summary>
    public override int ConnectionTimeout => (int)_options.ConnectionTimeoutSeconds;

    /// <inheritdoc/>
    public override ConnectionState State => _session is { IsBroken: false } ? ConnectionState.Open : ConnectionState.Closed;

    /// <inheritdoc/>
    public override bool CanCreateBatch => false;

    internal ConnectionOptions Options => _options;

    internal MySqlTransaction? CurrentTransaction { get; set; }

    internal MySqlDataReader? ActiveReader { get; set; }

    internal ServerSession OpenSession => _session is { IsBroken: false } session
        ? session
        : throw new InvalidOperationException("The connection is not open.");

    /// <inheritdoc/>
    protected override DbProviderFactory DbProviderFactory => MySqlConnectorFactory.Instance;

    /// <summary>Connects to the first host of the connection string that lets us in.</summary>
    /// <exception cref="MySqlException">No host did; this is the error of the last.</exception>
    public override void Open()
    {
        PrepareToOpen();
        _session = ServerSession.Open(_options);
        AfterOpen();
    }

    /// <inheritdoc cref="Open"/>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PrepareToOpen();
        _session = await ServerSession.OpenAsync(_options, cancellationToken).ConfigureAwait(false);
        AfterOpen();
    }

    /// <summary>Rolls back what was not committed and disconnects.</summary>
    public override void Close()
    {
        if (_session is not { } session)
            return;
        var wasOpen = State == ConnectionState.Open;
        _session = null;
        ActiveReader = null;
        CurrentTransaction = null;
        session.Dispose();
        if (wasOpen)
            OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    /// <inheritdoc/>
    public override Task CloseAsync()
    {
        // One small write to a socket, and nothing to wait for.
        Close();
        return Task.CompletedTask;
    }

    /// <summary>Begins a transaction with the server's default isolation level.</summary>
    public new MySqlTransaction BeginTransaction() => BeginTransaction(IsolationLevel.Unspecified);

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public new MySqlTransaction BeginTransaction(IsolationLevel isolationLevel)
    {
        Execute(TextCommand.Run(SessionForTransaction(), MySqlTransaction.BeginSql(isolationLevel)));
        return CurrentTransaction = new MySqlTransaction(this, isolationLevel);
    }

    /// <summary>Begins a transaction with the server's default isolation level.</summary>
    public new ValueTask<MySqlTransaction> BeginTransactionAsync(CancellationToken cancellationToken = default) =>
        BeginTransactionAsync(IsolationLevel.Unspecified, cancellationToken);

    /// <inheritdoc cref="BeginTransaction(IsolationLevel)"/>
    public new async ValueTask<MySqlTransaction> BeginTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(TextCommand.Run(SessionForTransaction(), MySqlTransaction.BeginSql(isolationLevel)), cancellationToken)
            .ConfigureAwait(false);
        return CurrentTransaction = new MySqlTransaction(this, isolationLevel);
    }

    /// <inheritdoc/>
    public override void ChangeDatabase(string databaseName)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseName);
        var session = IdleSession();
        Execute(TextCommand.ChangeDatabase(session, databaseName));
        session.Database = databaseName;
    }

    /// <inheritdoc/>
    public override async Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseName);
        var session = IdleSession();
        await ExecuteAsync(TextCommand.ChangeDatabase(session, databaseName), cancellationToken).ConfigureAwait(false);
        session.Database = databaseName;
    }

    /// <summary>Asks the server for a sign of life; false when there is none, after which the connection is closed.</summary>
    public bool Ping()
    {
        if (State != ConnectionState.Open)
            return false;
        try
        {
            Execute(TextCommand.Ping(IdleSession()));
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="Ping"/>
    public async Task<bool> PingAsync(CancellationToken cancellationToken = default)
    {
        if (State != ConnectionState.Open)
            return false;
        try
        {
            await ExecuteAsync(TextCommand.Ping(IdleSession()), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    /// <summary>Creates a command of this connection.</summary>
    public new MySqlCommand CreateCommand() => new() { Connection = this };

    /// <summary>The session, when no reader is using it.</summary>
    internal ServerSession IdleSession()
    {
        var session = OpenSession;
        return ActiveReader is null
            ? session
            : throw new InvalidOperationException("The connection is in use by a data reader, which has to be closed first.");
    }

    internal void Execute(IEnumerator<IoStep> flow)
    {
        var session = IdleSession();
        var interruption = new KillQuery(session);
        session.StartCommand((int)_options.DefaultCommandTimeoutSeconds, interruption);
        try
        {
            session.Run(flow);
        }
        catch (MySqlException ex) when (interruption.WasRequested)
        {
            throw interruption.Explain(ex);
        }
    }

    internal async Task ExecuteAsync(IEnumerator<IoStep> flow, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = IdleSession();
        var interruption = new KillQuery(session) { CancellationToken = cancellationToken };
        session.StartCommand((int)_options.DefaultCommandTimeoutSeconds, interruption);
        try
        {
            await session.RunAsync(flow).ConfigureAwait(false);
        }
        catch (MySqlException ex) when (interruption.WasRequested)
        {
            throw interruption.Explain(ex);
        }
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        await BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    private ServerSession SessionForTransaction() => CurrentTransaction is null
        ? IdleSession()
        : throw new InvalidOperationException("Transactions may not be nested.");

    private void PrepareToOpen()
    {
        if (State == ConnectionState.Open)
            throw new InvalidOperationException("The connection is already open.");
        Close();
    }

    private void AfterOpen()
    {
        _hidePassword = !_options.PersistSecurityInfo;
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }
}
