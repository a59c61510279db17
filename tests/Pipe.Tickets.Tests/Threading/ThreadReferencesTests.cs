using System.Text;
using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Tests.Threading;

public sealed class ThreadReferencesTests
{
    [Fact]
    public void Candidates_come_in_the_order_of_their_worth()
    {
        var mail = Mails.Of(
            messageId: "<own@x>", inReplyTo: "<a@x> <b@x>", references: "<r1@x>\t<r2@x>, <r3@x>", text: "x\nRef-Mid: token@y");

        Assert.Equal(["own@x", "b@x", "a@x", "r3@x", "r2@x", "r1@x", "token@y"], ThreadReferences.Candidates(mail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no brackets")]
    [InlineData("<nodomain>")]
    [InlineData("<@x>")]
    [InlineData("<a@>")]
    [InlineData(">>><<<")]
    public void Candidates_passes_over_what_is_no_msg_id(string references) =>
        Assert.Equal(["own@x.test"], ThreadReferences.Candidates(Mails.Of(references: references)));

    [Theory]
    [InlineData("text <a@b> junk", "a@b")]
    [InlineData("<x<a@b>", "x<a@b")]                          // from the first bracket, as the pattern has it
    [InlineData("<a@b@c>", null)]
    [InlineData("<q@w> <a@b@c>", "q@w")]
    [InlineData("a@b", "a@b")]                                // without brackets
    [InlineData("<r1@x> a@b", "r1@x")]
    [InlineData("<a@b", "a@b")]
    [InlineData("a@b>", "a@b")]
    [InlineData("x@y,a@b", "a@b")]
    public void Candidates_reads_damaged_fields_as_osTicket_does(string references, string? expected) =>
        Assert.Equal(expected, ThreadReferences.Candidates(Mails.Of(references: references)).ElementAtOrDefault(1));

    [Theory]
    [InlineData("<div class=\"mid-B1-x@y\">", "B1-x@y")]
    [InlineData("<div style='' class=\"mid-B1-x@y\" >old class=\"mid-other\"", "B1-x@y")]
    [InlineData("text\nRef-Mid: B1-x@y", "B1-x@y")]
    [InlineData("text\nRef-Mid: B1-x@y\n", "B1-x@y")]
    [InlineData("text\nRef-Mid: B1-x@y\nmore", null)]
    [InlineData("text\nRef-Mid:  B1-x@y", null)]
    [InlineData("<div class=\"x mid-B1-x@y\">", null)]
    [InlineData("class=\"mid-\"", null)]
    [InlineData("", null)]
    public void BodyToken_is_found_where_outgoing_mail_hides_it(string body, string? expected) =>
        Assert.Equal(expected, ThreadReferences.BodyToken(body));

    [Fact]
    public void Candidates_of_endless_references_are_bounded()
    {
        var references = new StringBuilder();
        for (int i = 0; i < 50_000; i++)
            references.Append('<').Append(i).Append("@x> ");

        var candidates = ThreadReferences.Candidates(Mails.Of(references: references.ToString()));

        Assert.Equal(1000, candidates.Count);
        Assert.Equal("49999@x", candidates[1]);
        Assert.Single(ThreadReferences.Candidates(Mails.Of(references: new string('<', 500_000) + new string('>', 500_000))));
        Assert.Single(ThreadReferences.Candidates(Mails.Of(references: new string('@', 1_000_000))));
    }
}
