using Pipe.MySql.Session;

namespace Pipe.MySql.Tests.Session;

public class SqlTextTests
{
    [Theory]
    [InlineData("SELECT @a, @b, @a", "SELECT ?, ?, ?", "0 1 0", true)]
    [InlineData("SELECT ?, ?", "SELECT ?, ?", "0 1", true)]
    [InlineData("SELECT ?a", "SELECT ?", "0", true)]
    [InlineData("SELECT @A", "SELECT ?", "0", true)]
    [InlineData("SELECT '@a', \"@a\", `@a`, @b", "SELECT '@a', \"@a\", `@a`, ?", "1", true)]
    [InlineData("SELECT 'it''s @a', @b", "SELECT 'it''s @a', ?", "1", true)]
    [InlineData(@"SELECT 'it\'s @a', @b", @"SELECT 'it\'s @a', ?", "1", false)]
    [InlineData("SELECT @@sql_mode, @b", "SELECT @@sql_mode, ?", "1", true)]
    [InlineData("SELECT @@session.sql_mode, @b", "SELECT @@session.sql_mode, ?", "1", true)]
    [InlineData("SELECT 1 -- @a\n, @b", "SELECT 1 -- @a\n, ?", "1", false)]
    [InlineData("SELECT 1--@b", "SELECT 1--?", "1", true)]
    [InlineData("SELECT 1 # @a\n, @b", "SELECT 1 # @a\n, ?", "1", false)]
    [InlineData("SELECT 1 /* @a */, @b", "SELECT 1 /* @a */, ?", "1", false)]
    [InlineData("SELECT 1 /*! , @a */, @b", "SELECT 1 /*! , ? */, ?", "0 1", false)]
    [InlineData("SELECT 1 /* @a", "SELECT 1 /* @a", "", false)]
    [InlineData("SELECT 'open @a", "SELECT 'open @a", "", true)]
    [InlineData("SELECT @a;", "SELECT ?;", "0", true)]
    [InlineData("SELECT x@a", "SELECT x?", "0", true)]
    public void Parse_replaces_parameters_where_the_server_would_see_them(string sql, string expected, string order, bool isPlain)
    {
        var parameters = new MySqlCommand().Parameters;
        parameters.AddWithValue("@a", 1);
        parameters.AddWithValue("b", 2);

        var text = SqlText.Parse(sql, parameters, allowUserVariables: false, noBackslashEscapes: false);
        Assert.Equal(expected, text.Sql);
        Assert.Equal(order, string.Join(' ', text.Parameters));
        Assert.Equal(isPlain, text.IsPlain);
    }

    [Fact]
    public void Parse_ends_a_string_at_a_backslash_and_quote_when_the_server_knows_no_escapes()
    {
        var parameters = new MySqlCommand().Parameters;
        parameters.AddWithValue("@a", 1);
        Assert.Equal(@"SELECT 'c:\', ?", SqlText.Parse(@"SELECT 'c:\', @a", parameters, false, noBackslashEscapes: true).Sql);
    }

    [Fact]
    public void Parse_refuses_a_name_that_is_no_parameter_unless_it_may_be_a_variable()
    {
        var parameters = new MySqlCommand().Parameters;
        parameters.AddWithValue("@a", 1);
        Assert.Throws<InvalidOperationException>(() => SqlText.Parse("SELECT @c", parameters, false, false));
        Assert.Throws<InvalidOperationException>(() => SqlText.Parse("SELECT ?, ?", parameters, false, false));
        Assert.Equal("SELECT @c, ?", SqlText.Parse("SELECT @c, @a", parameters, allowUserVariables: true, false).Sql);
    }
}
