using Pipe.Platform;

namespace Pipe.Configuration;

/// <summary>Where settings come from; the machine by default, anything else in tests.</summary>
internal sealed record SettingsSources
{
    /// <summary>Reads one environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The executable as it was started.</summary>
    public string Executable { get; init; } = ExecutablePath.AsStarted;

    /// <summary>The executable with links followed.</summary>
    public string RealExecutable { get; init; } = ExecutablePath.Real;

    /// <summary>The folder that relative paths of options and of the environment are relative to.</summary>
    public string CurrentFolder { get; init; } = FindCurrentFolder();

    /// <summary>The configuration file of the whole machine.</summary>
    public string SystemFile { get; init; } = "/etc/pipe/pipe.json";

    // The current folder may have been deleted, or lie where we may not look. Only relative paths need it, and they must not end up
    // somewhere else: the kernel's own name for it leads nowhere where there is none.
    private static string FindCurrentFolder()
    {
        try
        {
            return System.Environment.CurrentDirectory;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return "/proc/self/cwd";
        }
    }
}
