namespace Pipe.Configuration;

/// <summary>Brings the settings together from where the executable lies, the file, the environment and the command line.</summary>
internal static class SettingsLoader
{
    /// <summary>The environment variable that names the configuration file.</summary>
    public const string FileVariable = "PIPE_CONFIG";

    private const string FileName = "pipe.json";

    /// <summary>Never throws: what is wrong is in <see cref="Settings.Errors"/>.</summary>
    /// <param name="options">The options given on the command line, and the file named there.</param>
    /// <param name="sources">The machine.</param>
    public static Settings Load(GivenOptions options, SettingsSources sources)
    {
        var settings = new SettingsBuilder();
        AddInstallation(settings, sources);
        AddFile(settings, options.ConfigurationFile, sources);
        foreach (var setting in KnownSettings.All)
        {
            string variable = setting.EnvironmentVariable;
            if (sources.Environment(variable) is { Length: > 0 } text)
                settings.Add(setting, text, SettingRank.Environment, "environment " + variable, sources.CurrentFolder);
        }

        foreach (var (setting, text) in options.Values)
            settings.Add(setting, text, SettingRank.Option, "option " + setting.Option, sources.CurrentFolder);

        return settings.Build();
    }

    /// <summary>The files that are looked for when none is named, in this order; the first that exists is read.</summary>
    public static IEnumerable<string> SearchPath(SettingsSources sources)
    {
        yield return Beside(sources.Executable);
        if (Beside(sources.RealExecutable) is var real && real != Beside(sources.Executable))
            yield return real;

        if (sources.Environment("XDG_CONFIG_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg))
            yield return Path.Combine(xdg, "pipe", FileName);
        else if (sources.Environment("HOME") is { Length: > 0 } home && Path.IsPathRooted(home))
            yield return Path.Combine(home, ".config", "pipe", FileName);

        yield return sources.SystemFile;
    }

    private static string Beside(string executable) => Path.Combine(Path.GetDirectoryName(executable) ?? "/", FileName);

    // Put in the place of an installation's api/pipe.php, the executable serves that installation.
    private static void AddInstallation(SettingsBuilder settings, SettingsSources sources)
    {
        string folder = Path.GetDirectoryName(sources.Executable) ?? "/";
        string installation = Path.GetDirectoryName(folder) ?? "/";
        bool replacesPhp = sources.Executable.EndsWith(".php", StringComparison.Ordinal);
        bool isInApi = Path.GetFileName(folder) == "api" && File.Exists(Path.Combine(installation, "include", "ost-config.php"));
        if (replacesPhp || isInApi)
            settings.Add(KnownSettings.OsTicket, installation, SettingRank.Installation, "installation " + sources.Executable, "/");
    }

    private static void AddFile(SettingsBuilder settings, string? named, SettingsSources sources)
    {
        if (named is null && sources.Environment(FileVariable) is { Length: > 0 } variable)
            named = variable;

        if (named is not null)
        {
            SettingsFile.Read(Path.GetFullPath(Path.Combine(sources.CurrentFolder, named)), settings);
            return;
        }

        foreach (string path in SearchPath(sources))
        {
            if (!File.Exists(path))
                continue;
            SettingsFile.Read(path, settings);
            return;
        }
    }
}
