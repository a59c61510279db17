using System.CommandLine;
using Pipe.Configuration;

namespace Pipe.Commands;

/// <summary>The settings as options of every command.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string> _configuration = new("--config")
    {
        Description = "The configuration file.",
        HelpName = "file",
        Recursive = true,
    };

    private readonly Option<string> _sender = new("--sender") { Description = "The envelope sender, for recipes that pass it.", HelpName = "address" };
    private readonly Option<string> _recipient = new("--recipient", "--rcpt") { Description = "The envelope recipient.", HelpName = "address" };
    private readonly Option<string> _extension = new("--extension", "--ext") { Description = "The address extension.", HelpName = "text" };
    private readonly List<KeyValuePair<Setting, Option>> _settings = [];

    /// <summary>Adds them to the root; those that only a delivery has are there for the help.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(_configuration);
        root.Options.Add(_sender);
        root.Options.Add(_recipient);
        root.Options.Add(_extension);
        foreach (var setting in KnownSettings.All)
        {
            if (setting.IsSecret)
                continue;

            Option option = setting.Kind == SettingKind.Flag
                ? new Option<bool>(setting.Option)
                : new Option<string>(setting.Option) { HelpName = ValueName(setting) };
            option.Description = setting.Summary;
            option.Recursive = true;
            _settings.Add(new(setting, option));
            root.Options.Add(option);
        }
    }

    /// <summary>The options given.</summary>
    public GivenOptions Read(ParseResult parsed)
    {
        var given = new GivenOptions { ConfigurationFile = parsed.GetValue(_configuration) };
        foreach (var (setting, option) in _settings)
        {
            if (option is Option<string> text && parsed.GetValue(text) is { } value)
                given.Add(setting, value);
            else if (option is Option<bool> flag && parsed.GetResult(flag) is { Implicit: false })
                given.Add(setting, parsed.GetValue(flag) ? "true" : "false");
        }

        return given;
    }

    private static string ValueName(Setting setting) => setting.Kind switch
    {
        SettingKind.Path => "path",
        SettingKind.Url => "url",
        SettingKind.Seconds => "seconds",
        SettingKind.Number => "number",
        SettingKind.Size => "size",
        SettingKind.Choice => string.Join('|', setting.Choices),
        SettingKind.Choices => "name,name",
        _ => "text",
    };
}
