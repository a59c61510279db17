using System.Data;

namespace Pipe.MySql.Tests;

public class MySqlConnectionTests
{
    [SkippableFact]
    public void Open_connects_over_tcp_with_a_password()
    {
        using var connection = new MySqlConnection(TestDatabase.OverTcp);
        connection.Open();

        Assert.Equal(ConnectionState.Open, connection.State);
        Assert.Contains("MariaDB", connection.ServerVersion, StringComparison.Ordinal);
        Assert.Equal(TestDatabase.Name, connection.Scalar("SELECT DATABASE()"));
        Assert.StartsWith("pipe@", (string)connection.Scalar("SELECT USER()")!, StringComparison.Ordinal);
        Assert.Equal("utf8mb4", connection.Scalar("SELECT @@character_set_client"));
    }

    [SkippableFact]
    public async Task OpenAsync_connects_over_the_socket()
    {
        await using var connection = new MySqlConnection(TestDatabase.OverSocket);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT @a + 1, @b";
        command.Parameters.AddWithValue("@a", 41);
        command.Parameters.AddWithValue("@b", "ü😀");
        await using var reader = await command.ExecuteReaderAsync();

        Assert.True(await reader.ReadAsync());
        Assert.Equal(42, reader.GetInt64(0));
        Assert.Equal("ü😀", reader.GetString(1));
        Assert.False(await reader.ReadAsync());
        Assert.False(await reader.NextResultAsync());
    }

    [SkippableFact]
    public void A_wrong_password_is_access_denied_without_the_password_in_the_message()
    {
        using var connection = new MySqlConnection(TestDatabase.OverTcp + ";Password=geheim-123");

        var exception = Assert.Throws<MySqlException>(connection.Open);
        Assert.Equal(MySqlErrorCode.AccessDenied, exception.ErrorCode);
        Assert.Equal("28000", exception.SqlState);
        Assert.DoesNotContain("geheim-123", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [SkippableFact]
    public void A_transaction_is_rolled_back_unless_it_is_committed()
    {
        using var connection = TestDatabase.Open();
        connection.Execute("CREATE TABLE tx (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50)) ENGINE=InnoDB");
        using (var transaction = connection.BeginTransaction())
        {
            using var insert = connection.Command("INSERT INTO tx (name) VALUES (@name)", ("@name", "one"));
            insert.Transaction = transaction;
            Assert.Equal(1, insert.ExecuteNonQuery());
            Assert.Equal(1, insert.LastInsertedId);
            insert.Parameters[0].Value = "two";
            Assert.Equal(1, insert.ExecuteNonQuery());
            Assert.Equal(2, insert.LastInsertedId);
        }
        Assert.Equal(0L, connection.Scalar("SELECT COUNT(*) FROM tx"));
        using (var transaction = connection.BeginTransaction(IsolationLevel.Serializable))
        {
            using var insert = connection.Command("INSERT INTO tx (name) VALUES (@name)", ("@name", "three"));
            insert.Transaction = transaction;
            insert.ExecuteNonQuery();
            transaction.Commit();
        }
        Assert.Equal("three", connection.Scalar("SELECT name FROM tx"));
    }
}
