// Connects, inserts one row with a prepared statement, commits: what benchmarks/mysql/connect_insert.c does with the C library.
using var connection = new MySqlConnection(args[0]);
connection.Open();
using var transaction = connection.BeginTransaction();
using var insert = new MySqlCommand("INSERT INTO probe (name, size) VALUES (@name, @size)", connection, transaction);
insert.Parameters.AddWithValue("@name", "a ticket");
insert.Parameters.AddWithValue("@size", 42);
insert.ExecuteNonQuery();
transaction.Commit();
