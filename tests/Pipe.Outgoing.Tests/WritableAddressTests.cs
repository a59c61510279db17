using Pipe.Tickets.People;

namespace Pipe.Outgoing;

public sealed class WritableAddressTests
{
    [Theory]
    [InlineData("joe@x.test")]
    [InlineData("max..m@x.test")]
    [InlineData(".max.@x.test")]
    [InlineData("jörg@x.test")]
    [InlineData("jo\u0308rg@bücher.example")]          // o and a combining diaeresis
    [InlineData("学生@学校.example")]
    [InlineData("कविता@example.test")]                  // vowel signs are marks
    public void An_address_of_any_script_can_be_written_to(string address) => Assert.True(AddressSyntax.CanBeWrittenTo(address));

    [Theory]
    [InlineData("")]
    [InlineData("jörg")]
    [InlineData("-jörg@x.test")]
    [InlineData("jö rg@x.test")]
    [InlineData("jö\u00a0rg@x.test")]
    [InlineData("jö\u2028rg@x.test")]
    [InlineData("jö\u202erg@x.test")]                   // turns the order of what follows
    [InlineData("jö\ud83drg@x.test")]                   // half a character would become somebody else
    [InlineData("jö\ufffdrg@x.test")]
    [InlineData("Otto\u2019sHof@x.test")]
    [InlineData("jörg@x.test\nx")]
    [InlineData("\"jö\u0001\"@x.test")]
    [InlineData("jörg@ex\u00a0mple.test")]
    public void What_may_be_cut_or_mistaken_cannot(string address) => Assert.False(AddressSyntax.CanBeWrittenTo(address));
}
