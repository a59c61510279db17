using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Tests.Entries;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData(BodyFormat.Text, "Hello,\n\nplease  see\t\tthis. ", "Hello,\nplease see\tthis.")]
    [InlineData(BodyFormat.Text, "a &lt; b", "a &lt; b")]
    [InlineData(BodyFormat.Html, "<p>a<b>b</b> &lt;c&gt;</p> ", "a b <c>")]
    [InlineData(BodyFormat.Html, "<p>\u00A0</p>", "")]
    [InlineData(BodyFormat.Text, "e\u0301", "\u00e9")]
    public void OfEntry_holds_the_words(BodyFormat format, string content, string expected) =>
        Assert.Equal(expected, SearchText.OfEntry(format, content));

    [Fact]
    public void Replace_writes_four_question_marks_for_what_three_bytes_cannot_hold()
    {
        Assert.Equal("Subject ???? end", SupplementaryCharacters.Replace("Subject \U00020000 end"));
        Assert.Equal("a?b", SupplementaryCharacters.Replace("a\uD800b"));
        Assert.Equal("plain \u2603", SupplementaryCharacters.Replace("plain \u2603"));
    }

    [Fact]
    public void Remove_takes_out_what_counts_as_an_emoticon()
    {
        Assert.Equal("Works   2025 \u2122 \u2603   \U0001D4B3", EmoticonFilter.Remove("Works \U0001F600\U0001F44D\U0001F3FD \u00A9 2025 \u2122 \u2603 \u2714 \u231A \U0001D4B3"));
        Assert.Equal("\U0001F680"[..1], EmoticonFilter.Remove("\U0001F680"[..1]));
    }
}
