using Pipe.Configuration;

namespace Pipe.Tests.Configuration;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipe-settings").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_without_any_source_gives_the_built_in_values()
    {
        var settings = Load("");

        Assert.Empty(settings.Errors);
        Assert.Equal(TimeSpan.FromSeconds(120), settings.Deadline);
        Assert.Equal(64L * 1024 * 1024, settings.MaxMessageSize);
        Assert.Null(settings.Store);
        Assert.Equal("default", settings[KnownSettings.Deadline].Source);
    }

    [Fact]
    public void Load_prefers_option_over_environment_over_file()
    {
        WriteFile("""{ "deadline": 10, "department": "File", "logKeep": 3 }""");
        _environment["PIPE_DEADLINE"] = "20";
        _environment["PIPE_DEPARTMENT"] = "Environment";

        var settings = Load("--deadline", "30");

        Assert.Empty(settings.Errors);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Deadline);
        Assert.Equal("option --deadline", settings[KnownSettings.Deadline].Source);
        Assert.Equal("Environment", settings.Department);
        Assert.Equal("environment PIPE_DEPARTMENT", settings[KnownSettings.Department].Source);
        Assert.Equal(3, settings.LogKeep);
        Assert.Equal($"file {_folder}/pipe.json", settings[KnownSettings.LogKeep].Source);
    }

    [Theory]
    [InlineData("""{ "keyfile": "x" }""", "unknown key \"keyfile\"; did you mean \"keyFile\"?")]
    [InlineData("""{ "logSize": 1 }""", "unknown key \"logSize\"; did you mean \"logFile\"?")]
    [InlineData("""{ "qwertzuiopasdf": 1 }""", "unknown key \"qwertzuiopasdf\"")]
    [InlineData("""{ "deadline": 281 }""", "deadline must be from 1 to 280 (281)")]
    [InlineData("""{ "deadline": "soon" }""", "deadline is not a whole number (soon)")]
    [InlineData("""{ "deadline": [1] }""", "the value of \"deadline\" must be a text, a number, true or false")]
    [InlineData("""{ "exitCodes": "sendmail" }""", "exitCodes must be one of: default, postfix (sendmail)")]
    [InlineData("""{ "url": "desk.example.test" }""", "url is not an absolute http or https URL (desk.example.test)")]
    [InlineData("""{ "url": "https://joe:secret@desk.example.test/" }""", "url must not hold a user name or a password")]
    [InlineData("""{ "verbose": "yes" }""", "verbose must be true or false (yes)")]
    [InlineData("""{ "deadline": 1, "deadline": 2 }""", "the key \"deadline\" stands there twice")]
    [InlineData("""{ "store": "a.db", "url": "https://desk.example.test/" }""", "store and url both say where mail goes; keep one")]
    [InlineData("[]", "must hold one JSON object")]
    [InlineData("{", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("{} {}", "is not JSON")]
    [InlineData("{\"store\": \"a\\u0000b\"}", "store is not a path")]
    [InlineData("{\"store\": \"a\\ud800b\"}", "holds text that is not UTF-8")]
    public void Load_names_what_is_wrong_with_the_file(string json, string expected)
    {
        WriteFile(json);

        string error = Assert.Single(Load().Errors);

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains(_folder, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_uses_the_rest_of_a_file_with_an_error()
    {
        WriteFile("""{ "nonsense": { "a": [1, 2] }, "logFile": "own.log", }""");

        var settings = Load();

        Assert.Single(settings.Errors);
        Assert.Equal(Path.Combine(_folder, "own.log"), settings.LogFile);
    }

    [Fact]
    public void Load_takes_comments_and_a_byte_order_mark()
    {
        WriteFile("\uFEFF// ours\n{ /* one */ \"deadline\": 5, // two\n }");

        var settings = Load();

        Assert.Empty(settings.Errors);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Deadline);
    }

    [Fact]
    public void Load_reports_a_named_file_that_is_missing()
    {
        var settings = Load("--config", "/nonexistent/pipe.json");

        Assert.Contains("/nonexistent/pipe.json: cannot be read", Assert.Single(settings.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_takes_the_file_named_by_the_environment_before_those_it_looks_for()
    {
        WriteFile("""{ "deadline": 5 }""");
        File.WriteAllText(Path.Combine(_folder, "other.json"), """{ "deadline": 6 }""");
        _environment["PIPE_CONFIG"] = "other.json";

        Assert.Equal(TimeSpan.FromSeconds(6), Load().Deadline);
    }

    [Fact]
    public void Load_looks_beside_the_executable_then_for_the_user_then_for_the_machine()
    {
        _environment["HOME"] = "/home/ada";
        var sources = Sources() with { RealExecutable = "/opt/pipe/pipe" };

        Assert.Equal(
            [$"{_folder}/pipe.json", "/opt/pipe/pipe.json", "/home/ada/.config/pipe/pipe.json", "/nonexistent/etc/pipe.json"],
            SettingsLoader.SearchPath(sources));
    }

    [Fact]
    public void Load_lets_the_more_specific_source_choose_the_destination()
    {
        WriteFile("""{ "store": "tickets.db" }""");

        var settings = Load("--url", "https://desk.example.test/api/tickets.email");

        Assert.Empty(settings.Errors);
        Assert.Null(settings.Store);
        Assert.Equal("desk.example.test", settings.Url?.Host);
    }

    [Theory]
    [InlineData("pipe.php", false)]   // a literal replacement, even where the installation is broken
    [InlineData("pipe", true)]
    public void Load_recognises_the_api_folder_of_an_installation(string name, bool hasConfiguration)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "api"));
        Directory.CreateDirectory(Path.Combine(_folder, "include"));
        if (hasConfiguration)
            File.WriteAllText(Path.Combine(_folder, "include", "ost-config.php"), "<?php");

        var settings = SettingsLoader.Load(new GivenOptions(), Sources() with { Executable = Path.Combine(_folder, "api", name) });

        Assert.Equal(_folder, settings.OsTicket);
    }

    [Fact]
    public void Load_takes_no_other_api_folder_for_an_installation()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "api"));

        var settings = SettingsLoader.Load(new GivenOptions(), Sources() with { Executable = Path.Combine(_folder, "api", "pipe") });

        Assert.Null(settings.OsTicket);
    }

    [Fact]
    public void Errors_never_hold_a_secret()
    {
        WriteFile("""{ "key": ["0123456789ABCDEF"] }""");

        Assert.DoesNotContain("0123456789", Assert.Single(Load().Errors), StringComparison.Ordinal);
    }

    private Settings Load(params string[] arguments) =>
        SettingsLoader.Load(GivenOptions.Parse([.. arguments.Where(argument => argument.Length > 0)]), Sources());

    private void WriteFile(string json) => File.WriteAllText(Path.Combine(_folder, "pipe.json"), json);

    private SettingsSources Sources() => new()
    {
        Environment = name => _environment.GetValueOrDefault(name),
        Executable = Path.Combine(_folder, "pipe"),
        RealExecutable = Path.Combine(_folder, "pipe"),
        CurrentFolder = _folder,
        SystemFile = "/nonexistent/etc/pipe.json",
    };
}
