using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Tests.Threading;

public sealed class TicketMessageIdTests
{
    private const string Salt = "qS6rfItEoVOI6NaGf5ikGalCOXxeR8r9";
    private const string Sent = "BUcooFo-d0CJZ-AAAAAAsAAAALAAAATXAMGdsV-support@acme.test";

    [Theory]
    [InlineData(Sent)]
    [InlineData("<" + Sent + ">")]
    [InlineData(" <" + Sent + "> ")]
    public void TryDecode_reads_what_a_real_installation_sent(string messageId)
    {
        Assert.True(TicketMessageId.TryDecode(messageId, Salt, out var decoded));
        Assert.Equal(new TicketMessageId(AddresseeClass.Several, 0, 11, 11), decoded);
    }

    [Theory]
    [InlineData("<a@b>")]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("B-x-y@z")]
    [InlineData("BUcooFo@acme.test")]
    [InlineData("BUcooFo-d0CJZ-AAAAAAsAAAAMAAAATXAMGdsV-support@acme.test")]      // another thread id
    [InlineData("BUcooFo-d0CJY-AAAAAAsAAAALAAAATXAMGdsV-support@acme.test")]      // another random part
    [InlineData("BUcooFO-d0CJZ-AAAAAAsAAAALAAAATXAMGdsV-support@acme.test")]      // another installation
    [InlineData("CUcooFo-d0CJZ-AAAAAAsAAAALAAAATXAMGdsV-support@acme.test")]      // an unknown version
    [InlineData("BUcooFo-d0CJZ-AAAA-support@acme.test")]
    [InlineData("BUcooFo-d0CJZ-\u00e9-support@acme.test")]
    public void TryDecode_refuses_what_we_did_not_sign(string messageId) =>
        Assert.False(TicketMessageId.TryDecode(messageId, Salt, out _));

    [Fact]
    public void TryDecode_refuses_what_was_signed_with_another_salt() => Assert.False(TicketMessageId.TryDecode(Sent, "other", out _));

    [Theory]
    [InlineData(AddresseeClass.Owner)]
    [InlineData(AddresseeClass.Collaborator)]
    [InlineData(AddresseeClass.Agent)]
    [InlineData(AddresseeClass.Several)]
    [InlineData(AddresseeClass.Other)]
    public void Encode_makes_an_id_that_decodes_to_the_same(AddresseeClass addressee)
    {
        var id = new TicketMessageId(addressee, 4_000_000_000, 12, 13);

        string text = id.Encode("support@acme.test", Salt);

        Assert.StartsWith("BUcooFo-", text, StringComparison.Ordinal);
        Assert.EndsWith("-support@acme.test", text, StringComparison.Ordinal);
        Assert.True(TicketMessageId.TryDecode(text, Salt, out var decoded));
        Assert.Equal(id, decoded);
    }

    [Fact]
    public void Encode_without_a_sender_still_has_a_domain() =>
        Assert.EndsWith("-@osTicketMailer", new TicketMessageId(AddresseeClass.Owner, 1, 2, 3).Encode(null, Salt), StringComparison.Ordinal);
}
