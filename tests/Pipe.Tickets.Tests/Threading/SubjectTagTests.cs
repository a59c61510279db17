using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Tests.Threading;

public sealed class SubjectTagTests
{
    [Theory]
    [InlineData("Re: [#327029] Coffee", "327029")]
    [InlineData("#327029", "327029")]
    [InlineData("Ticket #327029: done", "327029")]
    [InlineData("[#tp-0001-1] x", "tp-0001-1")]
    [InlineData("#ABC.-12.", "ABC.-12")]             // punctuation inside, none at the end
    [InlineData("a # 1 #2", "2")]
    [InlineData("##42", "#42")]                       // "#" is punctuation too
    [InlineData("#\u0661\u0662 x", "\u0661\u0662")]
    public void Find_returns_the_first_tag(string subject, string expected) => Assert.Equal(expected, SubjectTag.Find(subject));

    [Theory]
    [InlineData("")]
    [InlineData("no tag")]
    [InlineData("# 327029")]
    [InlineData("trailing #")]
    [InlineData("#.!?")]
    [InlineData("#\u200B1")]                          // a format character ends a tag before it begins
    public void Find_without_a_tag_returns_nothing(string subject) => Assert.Null(SubjectTag.Find(subject));

    [Fact]
    public void Find_takes_time_in_proportion_to_the_subject() => Assert.Null(SubjectTag.Find(new string('#', 100_000)));
}
