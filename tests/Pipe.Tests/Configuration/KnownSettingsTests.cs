using Pipe.Configuration;

namespace Pipe.Tests.Configuration;

public sealed class KnownSettingsTests
{
    public static TheoryData<string> Keys => [.. KnownSettings.All.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_default_passes_its_own_check(string key)
    {
        var setting = KnownSettings.ByKey(key)!;

        if (setting.Default.Length > 0)
            Assert.Null(SettingParser.Parse(setting, setting.Default, "/", out _));
    }

    [Theory]
    [InlineData("keyFile", "--key-file", "PIPE_KEY_FILE")]
    [InlineData("maxMessageSize", "--max-message-size", "PIPE_MAX_MESSAGE_SIZE")]
    [InlineData("store", "--store", "PIPE_STORE")]
    public void Option_and_environment_variable_follow_from_the_key(string key, string option, string variable)
    {
        var setting = KnownSettings.ByKey(key)!;

        Assert.Equal(option, setting.Option);
        Assert.Equal(variable, setting.EnvironmentVariable);
        Assert.Same(setting, KnownSettings.ByOption(option));
    }

    [Fact]
    public void A_secret_has_no_option()
    {
        Assert.Null(KnownSettings.ByOption("--key"));
        Assert.Equal(["--key"], GivenOptions.Parse(["--key", "--url", "http://a"]).Strays);
    }
}
