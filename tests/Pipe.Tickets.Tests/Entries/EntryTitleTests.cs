using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Tests.Entries;

public sealed class EntryTitleTests
{
    [Theory]
    [InlineData("Hello", "Hello", "Hello")]
    [InlineData("<b>Hi</b> &amp; a < b", "&lt;b&gt;Hi&lt;/b&gt; &amp; a &lt; b", "&lt;b>Hi&lt;/b> & a < b")]
    [InlineData("Compile error in List<String> and <b>", "Compile error in List&lt;String&gt; and &lt;b&gt;", "Compile error in List&lt;String> and &lt;b>")]
    [InlineData("A &amp; B &lt;c&gt; &#39; &copy;", "A &amp; B &lt;c&gt; ' ", "A & B &lt;c> &#39; &copy;")]
    [InlineData("A <b> & \"c\"", "A &lt;b&gt; &amp; \"c\"", "A &lt;b> & \"c\"")]
    [InlineData("<!-- x --> <?php", "&lt;!-- x --&gt; &lt;?php", "&lt;!-- x --> &lt;?php")]
    [InlineData("a\tb  c   d", "a b c d", "a\tb  c   d")]
    [InlineData("x<script>alert(1)</script>y", "x&lt;script&gt;alert(1)&lt;/script&gt;y", "x&lt;script>alert(1)&lt;/script>y")]
    [InlineData("if a<b then", "if a&lt;b then", "if a&lt;b then")]
    [InlineData("1 < 2 > 0", "1 &lt; 2 &gt; 0", "1 < 2 > 0")]
    [InlineData("Great job \U0001F389 \u2603", "Great job  \u2603", "Great job  \u2603")]
    [InlineData("' OR 1=1 -- ", "' OR 1=1 -- ", "' OR 1=1 -- ")]
    [InlineData("%{ticket.number}", "%{ticket.number}", "%{ticket.number}")]
    public void FromSubject_makes_the_title_and_the_field(string subject, string title, string field)
    {
        Assert.Equal(title, EntryTitle.FromSubject(subject));
        Assert.Equal(field, SubjectField.FromSubject(subject));
    }

    [Fact]
    public void FromSubject_of_nothing_but_emoticons_leaves_nothing()
    {
        Assert.Null(EntryTitle.FromSubject("\U0001F600"));
        Assert.Equal("", SubjectField.FromSubject("\U0001F600"));
    }

    [Theory]
    [InlineData("List<String> & <b>")]
    [InlineData("a < b")]
    [InlineData("<img src=x onerror=y")]
    public void ToText_gives_the_subject_back_and_the_field_starts_no_tag(string subject)
    {
        string field = SubjectField.FromSubject(subject);

        Assert.Equal(subject, SubjectField.ToText(field));
        Assert.DoesNotMatch("<[A-Za-z/!?]", field);
    }

    [Fact]
    public void FromSubject_of_a_hostile_subject_takes_time_in_proportion()
    {
        Assert.NotNull(EntryTitle.FromSubject(string.Concat(Enumerable.Repeat("<a", 100_000)) + "x"));
        Assert.NotNull(EntryTitle.FromSubject(string.Concat(Enumerable.Repeat("<a\"", 2_000)) + ">x"));
    }
}
