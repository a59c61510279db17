using System.CommandLine;
using Pipe.Configuration;
using Pipe.Platform;

namespace Pipe.Commands;

/// <summary>What a command is given to work with.</summary>
/// <param name="Options">The options that every command has.</param>
internal sealed record CommandServices(SettingOptions Options)
{
    /// <summary>The machine.</summary>
    public SettingsSources Sources { get; } = new();

    /// <summary>The settings in force, with the options of this command line.</summary>
    public Settings LoadSettings(ParseResult parsed)
    {
        var settings = SettingsLoader.Load(Options.Read(parsed), Sources);
        SystemCertificates.Select(settings, Sources.Environment);
        return settings;
    }

    /// <summary>The settings of this command line, as arguments for another process of this program.</summary>
    public IReadOnlyList<string> SettingArguments(ParseResult parsed)
    {
        var given = Options.Read(parsed);
        var arguments = new List<string>();
        if (given.ConfigurationFile is { } file)
            arguments.Add("--config=" + Path.GetFullPath(file, Sources.CurrentFolder));
        foreach (var (setting, text) in given.Values)
            arguments.Add($"{setting.Option}={text}");
        return arguments;
    }

    /// <summary>Says what went wrong and returns the exit code for it.</summary>
    public static int Fail(string sentence)
    {
        Console.Error.WriteLine("pipe: " + sentence);
        return (int)ExitCode.Failure;
    }
}
