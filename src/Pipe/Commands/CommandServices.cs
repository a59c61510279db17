using System.CommandLine;
using Pipe.Configuration;

namespace Pipe.Commands;

/// <summary>What a command is given to work with.</summary>
/// <param name="Options">The options that every command has.</param>
internal sealed record CommandServices(SettingOptions Options)
{
    /// <summary>The machine.</summary>
    public SettingsSources Sources { get; } = new();

    /// <summary>The settings in force, with the options of this command line.</summary>
    public Settings LoadSettings(ParseResult parsed) => SettingsLoader.Load(Options.Read(parsed), Sources);

    /// <summary>Says what went wrong and returns the exit code for it.</summary>
    public static int Fail(string sentence)
    {
        Console.Error.WriteLine("pipe: " + sentence);
        return (int)ExitCode.Failure;
    }
}
