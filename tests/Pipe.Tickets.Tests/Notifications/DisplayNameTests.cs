namespace Pipe.Tickets.Notifications;

public class DisplayNameTests
{
    [Theory]
    [InlineData("Jane Doe", "first", "Jane")]
    [InlineData("Jane Doe", "last", "Doe")]
    [InlineData("Jane Mary Ann Doe", "middle", "Mary Ann")]
    [InlineData("Jane Mary Doe", "full", "Jane Doe")]
    [InlineData("Jane Mary Doe", "complete", "Jane Mary Doe")]
    [InlineData("Jane Doe", "lastfirst", "Doe, Jane")]
    [InlineData("Jane Doe", "short", "Jane D.")]
    [InlineData("Jane Doe", "shortformal", "J. Doe")]
    [InlineData("Dr. Jane Doe", "formal", "Dr. Doe")]
    [InlineData("Dr. Jane Doe Jr.", "first", "Jane")]
    [InlineData("jane.doe", "first", "jane")]            // one word with dots is taken apart
    [InlineData("Jane", "lastfirst", "Jane")]
    [InlineData("Jane", "short", "Jane")]
    [InlineData("", "first", "")]
    [InlineData("Jane  Doe", "original", "Jane  Doe")]
    [InlineData("Jane Doe", "no such format", "Jane Doe")]
    public void Format_shows_the_parts_of_a_name(string name, string format, string expected) =>
        Assert.Equal(expected, DisplayName.Split(name).Format(format));
}
