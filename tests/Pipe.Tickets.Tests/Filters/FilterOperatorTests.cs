using Pipe.Tickets.Filters;

namespace Pipe.Tickets.Tests.Filters;

public sealed class FilterOperatorTests
{
    [Theory]
    [InlineData("equal", "Hello", "hELLO", true)]
    [InlineData("equal", "Hello", "Hell", false)]
    [InlineData("equal", "\u00c4", "\u00e4", false)]              // only A to Z fold
    [InlineData("not_equal", "Hello", "hELLO", false)]
    [InlineData("contains", "Say HELLO there", "hello", true)]
    [InlineData("contains", "hehello", "hello", true)]
    [InlineData("contains", "", "x", false)]
    [InlineData("contains", "x", "", true)]
    [InlineData("dn_contain", "Say HELLO there", "hello", false)]
    [InlineData("dn_contain", "x", "hello", true)]
    [InlineData("starts", "Hello there", "hello", true)]
    [InlineData("starts", "Say hello", "hello", false)]
    [InlineData("ends", "Say HELLO", "hello", true)]
    [InlineData("ends", "lo", "hello", false)]
    [InlineData("match", "Hello there", "/^hello/i", true)]
    [InlineData("match", "Hello there", "/^hello/", false)]
    [InlineData("match", "a/b", "#a/b#", true)]
    [InlineData("match", "abc", "{^a.c$}", true)]
    [InlineData("match", "one\nTWO", "/^two$/im", true)]
    [InlineData("match", "ABBA", "/(A)(B)\\2\\1/", true)]          // back references need the other engine
    [InlineData("match", "x", "hello", false)]                     // no delimiter
    [InlineData("match", "x", "/(x/", false)]
    [InlineData("match", "x", "/x/e", false)]                      // no such option
    [InlineData("match", "x", "", false)]
    [InlineData("not_match", "x", "/(x/", true)]
    [InlineData("not_match", "x", "/x/", false)]
    [InlineData("no such operator", "x", "x", false)]
    public void Holds_compares_as_osTicket_does(string name, string subject, string value, bool expected) =>
        Assert.Equal(expected, FilterOperator.Holds(name, subject, value));

    [Theory]
    [InlineData("/^(a+)+$/")]
    [InlineData("/^(a+)+\\1$/")]
    public void Holds_of_an_expression_that_explodes_ends(string expression) =>
        Assert.False(FilterOperator.Holds("match", new string('a', 5000) + "!", expression));
}
