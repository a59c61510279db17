using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Tests.Entries;

public sealed class EntryTitleTests
{
    [Theory]
    [InlineData("Hello", "Hello", "Hello")]
    [InlineData("<b>Hi</b> &amp; a < b", "Hi &amp; a &lt; b", "Hi & a < b")]
    [InlineData("A &amp; B &lt;c&gt; &#39; &copy;", "A &amp; B ' ", "A & B  &#39; &copy;")]
    [InlineData("A <b> & \"c\"", "A &amp; \"c\"", "A  & \"c\"")]
    [InlineData("a\tb  c   d", "a b c d", "a\tb  c   d")]
    [InlineData("x<script>alert(1)</script>y", "xy", "xalert(1)y")]
    [InlineData("if a<b then", "if a&lt;b then", "if a<b then")]
    [InlineData("1 < 2 > 0", "1 &lt; 2 &gt; 0", "1 < 2 > 0")]
    [InlineData("Great job \U0001F389 \u2603", "Great job  \u2603", "Great job  \u2603")]
    [InlineData("' OR 1=1 -- ", "' OR 1=1 -- ", "' OR 1=1 -- ")]
    [InlineData("%{ticket.number}", "%{ticket.number}", "%{ticket.number}")]
    public void FromSubject_makes_the_title_and_the_field(string subject, string title, string field)
    {
        Assert.Equal(title, EntryTitle.FromSubject(subject));
        Assert.Equal(field, SubjectField.FromSubject(subject));
    }

    [Theory]
    [InlineData("<b></b>")]
    [InlineData("\U0001F600")]
    public void FromSubject_of_nothing_but_markup_leaves_nothing(string subject)
    {
        Assert.Null(EntryTitle.FromSubject(subject));
        Assert.Equal("", SubjectField.FromSubject(subject));
    }

    [Fact]
    public void FromSubject_of_a_hostile_subject_takes_time_in_proportion()
    {
        Assert.NotNull(EntryTitle.FromSubject(string.Concat(Enumerable.Repeat("<a", 100_000)) + "x"));
        Assert.NotNull(EntryTitle.FromSubject(string.Concat(Enumerable.Repeat("<a\"", 2_000)) + ">x"));
    }
}
