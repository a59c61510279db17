using Pipe.Tickets.People;

namespace Pipe.Tickets.Tests.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Joe Tester", "Joe Tester")]
    [InlineData("Tester, Joe", "Joe Tester")]
    [InlineData("Tester, Joe, Jr.", "Joe Tester Jr.")]
    [InlineData("a, b, c, d", "a, b, c, d")]
    [InlineData("<b>Evil</b> &amp; co", "Evil & co")]
    [InlineData("joe@x.test", "Joe")]
    [InlineData("john.smith@x.test", "John Smith")]
    [InlineData("MAILER-DAEMON@x.test", "Mailer-Daemon")]
    [InlineData("M\u00fcller, \"J\u00f6rg", "\"J\u00f6rg M\u00fcller")]
    [InlineData("", "someone")]
    [InlineData("\U0001F600", "someone")]
    [InlineData("Joe\0Evil", "Joe")]
    [InlineData("%{ticket.id}", "%{ticket.id}")]
    public void FromAuthor_stores_a_readable_name(string name, string expected) =>
        Assert.Equal(expected, PersonName.FromAuthor(new("someone@x.test", name)));

    [Theory]
    [InlineData("", "ok")]
    [InlineData("Doe, Jane", "Jane Doe")]
    [InlineData("<i>It</i> & co", "<i>It</i> & co")]
    public void FromAddressee_keeps_more_of_the_name(string name, string expected) =>
        Assert.Equal(expected, PersonName.FromAddressee("ok@x.test", name));
}
