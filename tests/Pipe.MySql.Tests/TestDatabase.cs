using System.Diagnostics.CodeAnalysis;
using Pipe.Testing;

namespace Pipe.MySql.Tests;

/// <summary>The tests' database on the shared server, and connections to it.</summary>
internal static class TestDatabase
{
    private static readonly Lazy<string> LazyName = new(MariaDbServer.Shared.CreateDatabase);

    public static string Name => LazyName.Value;

    /// <summary>The shared server, or the test is skipped where there is none.</summary>
    public static MariaDbServer Server
    {
        get
        {
            Skip.If(MariaDbServer.SkipReason is not null, MariaDbServer.SkipReason);
            return MariaDbServer.Shared;
        }
    }

    public static string OverTcp =>
        $"Server=127.0.0.1;Port={Server.Port};User ID={Server.User};Password={Server.Password};Database={Name};UseAffectedRows=true";

    public static string OverSocket =>
        $"Server={Server.SocketPath};ConnectionProtocol=UnixSocket;User ID={Server.User};Password={Server.Password};Database={Name};UseAffectedRows=true";

    public static MySqlConnection Open(string options = "")
    {
        var connection = new MySqlConnection(OverSocket + ";" + options);
        connection.Open();
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The SQL is the test's own.")]
    public static MySqlCommand Command(this MySqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        var command = new MySqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    public static object? Scalar(this MySqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar();
    }

    public static int Execute(this MySqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }
}
