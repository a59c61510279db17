using System.Text.Json;
using Pipe.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace Pipe.Tests.Logging;

public sealed class LineFormatTests
{
    [Theory]
    [InlineData("plain", "v=plain")]
    [InlineData("two words", "v=\"two words\"")]
    [InlineData("", "v=\"\"")]
    [InlineData("a\"b", "v=\"a\\\"b\"")]
    [InlineData("a\\b", "v=\"a\\\\b\"")]
    [InlineData("a\r\nb", "v=a\\u000d\\u000ab")]
    [InlineData("\u001b[31m", "v=\\u001b[31m")]
    [InlineData("\u0085\u2028\u2029", "v=\\u0085\\u2028\\u2029")]
    [InlineData("\u202eabc\u2066", "v=\\u202eabc\\u2066")]           // right-to-left override: shows another text than it is
    [InlineData("\u200b\ufeff", "v=\\u200b\\ufeff")]
    [InlineData("a\U000e0041\U000f0000", "v=a\\U000e0041\\U000f0000")]    // a tag character, which shows as nothing, and one of private use
    [InlineData("Jörg 日本 😀", "v=\"Jörg 日本 😀\"")]
    [InlineData("x=1", "v=\"x=1\"")]
    public void Text_shows_every_value_on_one_line(string value, string expected) =>
        Assert.Equal("message " + expected, new TextLineFormat().Format(Event(value)));

    [Fact]
    public void Text_shows_half_a_surrogate_pair() =>
        Assert.Equal("message v=\\ud800x", new TextLineFormat().Format(Event("\ud800x")));

    [Fact]
    public void Text_cuts_long_values() =>
        Assert.Equal("message v=" + new string('x', 1000) + "...", new TextLineFormat().Format(Event(new string('x', 5000))));

    [Fact]
    public void Json_is_one_line_that_holds_the_value_as_it_is()
    {
        const string value = "a\r\nb\"\u001b\u2028";

        string line = new JsonLineFormat().Format(Event(value));

        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain('\u2028', line);
        Assert.Equal(value, JsonDocument.Parse(line).RootElement.GetProperty("v").GetString());
    }

    [Fact]
    public void Json_cuts_long_values() =>
        Assert.Equal(
            new string('x', 1000) + "...",
            JsonDocument.Parse(new JsonLineFormat().Format(Event(new string('x', 5000)))).RootElement.GetProperty("v").GetString());

    private static LogEvent Event(string value) => new(
        DateTimeOffset.UnixEpoch,
        LogEventLevel.Information,
        null,
        new MessageTemplate([new TextToken("message")]),
        [DeliveryLog.Property("v", value)]);
}
