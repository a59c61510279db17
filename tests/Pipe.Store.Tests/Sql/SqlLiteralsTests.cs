using Pipe.Store.Sql;

namespace Pipe.Store.Tests.Sql;

public sealed class SqlLiteralsTests
{
    [Fact]
    public void TryInsert_puts_each_value_where_its_name_stands()
    {
        SqlArgument[] arguments = [new("a", 1), new("ab", "x@a$?"), new("c", null), new("d", -5L)];

        Assert.Equal("VALUES (1,'x@a$?',NULL,-5,1)", SqlLiterals.TryInsert("VALUES (@a,@ab,@c,@d,@a)", arguments));
    }

    [Fact]
    public void TryInsert_leaves_texts_and_quoted_names_of_the_statement_alone()
    {
        SqlArgument[] arguments = [new("a", 1)];

        Assert.Equal("SELECT '@a', `@a``@a`, 1", SqlLiterals.TryInsert("SELECT '@a', `@a``@a`, @a", arguments));
    }

    [Theory]
    [InlineData("O'Brien")]
    [InlineData("\\")]
    [InlineData("caf\u00e9")]
    [InlineData("\u2019")]
    [InlineData("\0")]
    [InlineData("\u001a")]
    [InlineData("\u007f")]
    public void TryInsert_leaves_a_text_that_could_mean_more_than_itself_to_be_a_parameter(string value)
    {
        SqlArgument[] arguments = [new("a", 1), new("b", value)];

        Assert.Null(SqlLiterals.TryInsert("VALUES (@a,@b)", arguments));
    }

    [Fact]
    public void TryInsert_leaves_bytes_and_long_texts_to_be_parameters()
    {
        Assert.Null(SqlLiterals.TryInsert("VALUES (@a)", [new SqlArgument("a", new byte[] { 1 })]));
        Assert.Null(SqlLiterals.TryInsert("VALUES (@a)", [new SqlArgument("a", new string('x', 5000))]));
    }

    [Fact]
    public void TryInsert_leaves_a_statement_with_an_unknown_name_as_it_is() =>
        Assert.Null(SqlLiterals.TryInsert("VALUES (@a,@b)", [new SqlArgument("a", 1)]));
}
