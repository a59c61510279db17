using Pipe.Tickets.People;

namespace Pipe.Tickets.Tests.People;

public sealed class AddressSyntaxTests
{
    [Theory]
    [InlineData("joe@x.test")]
    [InlineData("x@y")]
    [InlineData("Joe.Tester+tag@Example.NET")]
    [InlineData("joe'or'1'='1@example.net")]
    [InlineData("\"a b\"@x.test")]
    [InlineData("\"a\".b@x.test")]
    [InlineData("joe@[192.0.2.1]")]
    [InlineData("max..m@x.test")]                 // carriers in Japan gave out such addresses
    [InlineData("max.@x.test")]
    [InlineData(".max@x.test")]
    [InlineData("j\u00f6rg@x.test")]               // RFC 6531
    [InlineData("\"no\u00ebl d\"@x.test")]
    [InlineData("Otto\u2019sHof@x.test")]
    [InlineData("joe@LOCALHOST")]                 // only the lower-case name is refused
    public void IsValid_of_an_address_that_may_own_a_ticket(string address) => Assert.True(AddressSyntax.IsValid(address));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("joe")]
    [InlineData("joe@")]
    [InlineData("@x.test")]
    [InlineData("joe@localhost")]
    [InlineData(".@x.test")]
    [InlineData("..@x.test")]
    [InlineData("joe smith@x.test")]
    [InlineData("a@b@c")]
    [InlineData("a@x..test")]
    [InlineData("a@x.test.")]
    [InlineData("a@x test")]
    [InlineData("j\u00f6 rg@x.test")]
    [InlineData("j\u00f6\u00a0rg@x.test")]
    [InlineData("j\u00f6\u200brg@x.test")]         // cannot be seen
    [InlineData("j\u00f6\u202erg@x.test")]
    [InlineData("j\ufffdrg@x.test")]              // a character that could not be read
    [InlineData("\"j\ufffdrg\"@x.test")]
    [InlineData("\ud83d\ude00@x.test")]           // the tables would hold "????"
    [InlineData("joe@ex\u00e4mple.net")]
    [InlineData("joe@[]")]
    [InlineData("\"a@x.test")]
    [InlineData("<a@x.test>")]
    [InlineData("a@x.test,b@x.test")]
    [InlineData("a@x.test\n")]
    [InlineData("a\0@x.test")]
    public void IsValid_refuses_everything_else(string address) => Assert.False(AddressSyntax.IsValid(address));
}
