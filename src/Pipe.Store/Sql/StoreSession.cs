using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Pipe.Store.Sql;

/// <summary>One open connection to a ticket store. A "$" in a statement stands for the table prefix.</summary>
/// <remarks>What was not committed is undone when the session is disposed.</remarks>
internal sealed class StoreSession : IDisposable
{
    private readonly DbConnection _connection;
    private readonly StoreOptions _options;
    private readonly CancellationToken _cancellationToken;
    private string _ahead;

    private StoreSession(DbConnection connection, StoreDialect dialect, StoreOptions options, CancellationToken cancellationToken)
    {
        _connection = connection;
        _options = options;
        _cancellationToken = cancellationToken;
        Dialect = dialect;
        _ahead = dialect.SessionSettings;
    }

    public StoreDialect Dialect { get; }

    public StoreOptions Options => _options;

    public CancellationToken CancellationToken => _cancellationToken;

    /// <summary>Columns as "table.column" that INSERTs leave out, because the tables lack them.</summary>
    public IReadOnlySet<string>? MissingColumns { get; set; }

    /// <summary>The name of the database, as far as the provider has one.</summary>
    public string Database => _connection.Database;

    public static StoreSession Open(
        Func<DbConnection> connect, StoreDialect dialect, StoreOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequirePlainPrefix(options.TablePrefix);
        var connection = connect();
        try
        {
            if (connection.State == ConnectionState.Closed)
                connection.Open();
            var session = new StoreSession(connection, dialect, options, cancellationToken);
            dialect.OnOpened(session);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a statement without rows and parameters along with the next one, and before it: a round trip less.</summary>
    public void ExecuteAhead(string sql) => _ahead = _ahead.Length == 0 ? sql : _ahead + ";" + sql;

    public int Execute(string sql, params ReadOnlySpan<SqlArgument> arguments)
    {
        using var command = Command(sql, arguments);
        return DriverFailure.Guard(command, static command => command.ExecuteNonQuery());
    }

    /// <summary>Executes an INSERT of one row and returns the id that the row was given.</summary>
    public long Insert(string sql, params ReadOnlySpan<SqlArgument> arguments)
    {
        using var command = Command(sql, arguments);
        DriverFailure.Guard(command, static command => command.ExecuteNonQuery());
        return _options.LastInsertedId is { } lastInsertedId
            ? lastInsertedId(command)
            : Convert.ToInt64(Scalar(Dialect.LastInsertIdSql), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The first column of the first row; <c>null</c> for no row and for NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<SqlArgument> arguments)
    {
        using var rows = Query(sql, arguments);
        return rows.Read() ? rows.Value(0) : null;
    }

    public SqlRows Query(string sql, params ReadOnlySpan<SqlArgument> arguments)
    {
        var command = Command(sql, arguments);
        try
        {
            return new SqlRows(command, DriverFailure.Guard(command, static command => command.ExecuteReader()));
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    /// <summary>Executes a statement whose table or column an installation may lack; says whether it was there.</summary>
    public bool TryExecute(string sql, params ReadOnlySpan<SqlArgument> arguments)
    {
        try
        {
            Execute(sql, arguments);
            return true;
        }
        catch (DbException e) when (Dialect.IsMissingObject(e))
        {
            return false;
        }
    }

    /// <summary>Makes everything that was written durable.</summary>
    public void Commit() => Execute("COMMIT");

    public void Dispose() => _connection.Dispose();

    // The prefix goes into every statement as it is, so it may hold nothing that means something in SQL.
    private static void RequirePlainPrefix(string prefix)
    {
        foreach (char c in prefix)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                throw new StoreException("the table prefix may hold letters, digits and underscores only") { Cause = DeferralCause.Configuration };
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements are constants of this assembly; the prefix was checked, values are parameters.")]
    private DbCommand Command(string sql, ReadOnlySpan<SqlArgument> arguments)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (MissingColumns is { Count: > 0 } missing)
            sql = SqlColumns.LeaveOut(sql, missing);
        sql = sql.Replace("$", _options.TablePrefix, StringComparison.Ordinal);
        bool prepares = Prepares(arguments);
        if (_ahead.Length > 0)
            sql = WithStatementsAhead(sql, prepares);
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = (int)Math.Ceiling(Dialect.StatementTimeout(_options).TotalSeconds);
        foreach (var (name, value) in arguments)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = value switch
            {
                null => DBNull.Value,
                string text => Dialect.Storable(text),
                _ => value,
            };
            command.Parameters.Add(parameter);
        }

        if (prepares)
            Prepare(command);
        return command;
    }

    // Prepared takes one statement only.
    private string WithStatementsAhead(string sql, bool isPrepared)
    {
        string ahead = _ahead;
        _ahead = "";
        if (!isPrepared)
            return ahead + ";" + sql;
        Execute(ahead);
        return sql;
    }

    private bool Prepares(ReadOnlySpan<SqlArgument> arguments)
    {
        foreach (var (_, value) in arguments)
        {
            if (Dialect.IsBetterPrepared(value))
                return true;
        }

        return false;
    }

    // The driver knows a statement again that it has prepared on this connection.
    private static void Prepare(DbCommand command)
    {
        try
        {
            DriverFailure.Guard(command, static command =>
            {
                command.Prepare();
                return true;
            });
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }
}
