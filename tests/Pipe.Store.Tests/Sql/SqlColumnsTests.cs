using Pipe.Store.Sql;

namespace Pipe.Store.Tests.Sql;

public sealed class SqlColumnsTests
{
    private static readonly HashSet<string> Missing = ["a.y", "a.key", "b.x"];

    [Theory]
    [InlineData("INSERT INTO $a (x, y, z) VALUES (@x, '', @z)", "INSERT INTO $a (x, z) VALUES (@x, @z)")]
    [InlineData("INSERT INTO $a (y, `key`, z)\nVALUES (0, @k, @z)", "INSERT INTO $a (z) VALUES (@z)")]
    [InlineData("INSERT INTO $a (x, y, z) VALUES (@x0, '', 1),(@x1,'', 2)", "INSERT INTO $a (x, z) VALUES (@x0, 1),(@x1, 2)")]
    [InlineData("INSERT INTO $a (x, z) VALUES (@x, @z)", "INSERT INTO $a (x, z) VALUES (@x, @z)")]
    [InlineData("INSERT INTO $ab (x, y) VALUES (@x, @y)", "INSERT INTO $ab (x, y) VALUES (@x, @y)")]
    [InlineData("INSERT INTO $a (x, y) SELECT x, y FROM $b", "INSERT INTO $a (x, y) SELECT x, y FROM $b")]
    [InlineData("UPDATE $a SET y = 1", "UPDATE $a SET y = 1")]
    public void LeaveOut_takes_missing_columns_and_their_values_out_of_an_insert(string sql, string expected) =>
        Assert.Equal(expected, SqlColumns.LeaveOut(sql, Missing));
}
