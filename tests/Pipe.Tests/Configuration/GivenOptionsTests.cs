using Pipe.Configuration;

namespace Pipe.Tests.Configuration;

public sealed class GivenOptionsTests
{
    [Fact]
    public void Parse_takes_the_word_after_an_option_as_its_value_whatever_it_looks_like()
    {
        // The sender of the mail chooses what a recipe's ${sender} becomes.
        var options = GivenOptions.Parse(["--sender", "--store=/tmp/evil@example.test", "--rcpt", "--config", "--ext", ""]);

        Assert.Equal("--store=/tmp/evil@example.test", options.Envelope.Sender);
        Assert.Equal("--config", options.Envelope.Recipient);
        Assert.Equal("", options.Envelope.Extension);
        Assert.Null(options.ConfigurationFile);
        Assert.Empty(options.Values);
        Assert.Empty(options.Strays);
        Assert.Null(options.Error);
    }

    [Fact]
    public void Parse_takes_both_spellings_of_an_option()
    {
        var options = GivenOptions.Parse(["--store=/a=b", "--deadline", "5", "--verbose", "--config=c.json"]);

        Assert.Equal(["/a=b", "5", "true"], options.Values.Select(value => value.Value));
        Assert.Equal("c.json", options.ConfigurationFile);
    }

    // A recipe that passes "$1" on where there is none. Secrets, which have no option, must not have this one.
    [Theory]
    [InlineData("", "")]
    [InlineData("", "0123456789ABCDEF")]
    [InlineData("--key", "0123456789ABCDEF")]
    public void Parse_takes_no_option_without_a_name(params string[] arguments)
    {
        var options = GivenOptions.Parse(arguments);

        Assert.Equal(arguments, options.Strays);
        Assert.Empty(options.Values);
        Assert.Null(options.Error);
    }

    [Fact]
    public void Parse_sets_aside_what_mail_systems_add()
    {
        var options = GivenOptions.Parse(["-f", "joe@example.test", "--", "--stor=x", "--store", "/a"]);

        Assert.Equal(["-f", "joe@example.test", "--", "--stor=x"], options.Strays);
        Assert.Equal("/a", Assert.Single(options.Values).Value);
    }

    [Fact]
    public void Parse_reports_an_option_without_its_value() =>
        Assert.Equal("--store needs a value", GivenOptions.Parse(["--store"]).Error);
}
