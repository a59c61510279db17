using Pipe.Configuration;
using Pipe.Tickets.Notifications;

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

    [Fact]
    public void The_kinds_of_mail_that_can_be_switched_off_are_all_there_are() =>
        Assert.Equal(Enum.GetNames<NotificationKind>(), KnownSettings.NotifyExcept.Choices);

    [Fact]
    public void Kinds_of_mail_are_taken_in_any_case_and_shown_as_they_are_called()
    {
        Assert.Null(SettingParser.Parse(KnownSettings.NotifyExcept, "limitnotice ,, LimitReport", "/", out string value));
        Assert.Equal("LimitNotice, LimitReport", value);
    }

    [Theory]
    [InlineData("LimitNotice, TicketAlrt", "does not know \"TicketAlrt\"; did you mean \"TicketAlert\"?")]
    [InlineData("everything and more than that", "does not know \"everything and more than that\"; it may hold: FilterMail, ")]
    [InlineData("3", "does not know \"3\"; it may hold: ")]
    public void A_kind_of_mail_that_there_is_not_is_an_error_that_names_the_nearest(string text, string expected) =>
        Assert.StartsWith(expected, SettingParser.Parse(KnownSettings.NotifyExcept, text, "/", out _), StringComparison.Ordinal);
}
