using Pipe.Configuration;

namespace Pipe.Commands.Doctor;

/// <summary>Looks at the configuration file and what it says.</summary>
internal static class ConfigurationCheck
{
    private const string Area = "configuration";

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static void Examine(Settings settings, SettingsSources sources, Findings findings)
    {
        string? file = Sources(settings).FirstOrDefault() ?? SettingsLoader.SearchPath(sources).FirstOrDefault(File.Exists);
        foreach (string error in settings.Errors)
            findings.Problem(Area, error, Remedy(error));
        if (file is null && settings.Errors.Count == 0)
            findings.Note(Area, "there is no configuration file; mail goes to an SQLite file of this account", $"create {SettingsLoader.SearchPath(sources).Last()}; samples/pipe.json documents every setting");
        else if (settings.Errors.Count == 0)
            findings.Ok(Area, file!);

        if (file is not null && settings.Key is not null && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0)
            findings.Note(Area, $"{file} holds the API key and is open to everybody on this machine", $"chmod o-rw {file}");

        CheckTimes(settings, findings);
    }

    private static IEnumerable<string> Sources(Settings settings) => KnownSettings.All
        .Select(setting => settings[setting].Source)
        .Where(source => source.StartsWith("file ", StringComparison.Ordinal))
        .Select(source => source["file ".Length..]);

    private static void CheckTimes(Settings settings, Findings findings)
    {
        if (settings.Errors.Count > 0)
            return;
        if (settings.Url is not null && settings.RequestTimeout >= settings.Deadline)
            findings.Note(Area, $"requestTimeout ({settings.RequestTimeout.TotalSeconds} s) is not shorter than deadline ({settings.Deadline.TotalSeconds} s), so the log will not name the API as the cause", $"\"requestTimeout\": {(int)settings.Deadline.TotalSeconds - 20}");
        if (settings.Url is null && settings.LockTimeout >= settings.Deadline)
            findings.Note(Area, $"lockTimeout ({settings.LockTimeout.TotalSeconds} s) is not shorter than deadline ({settings.Deadline.TotalSeconds} s)", $"\"lockTimeout\": {(int)settings.Deadline.TotalSeconds / 2}");
    }

    private static string? Remedy(string error)
    {
        // "FILE: unknown key "x"; did you mean "y"?"
        const string Unknown = "unknown key \"";
        const string Meant = "did you mean \"";
        int unknown = error.IndexOf(Unknown, StringComparison.Ordinal);
        int meant = error.IndexOf(Meant, StringComparison.Ordinal);
        if (unknown >= 0 && meant > 0)
            return $"in {error[..error.IndexOf(": ", StringComparison.Ordinal)]}: \"{Quoted(error, meant + Meant.Length)}\" instead of \"{Quoted(error, unknown + Unknown.Length)}\"";
        if (error.Contains("cannot be read", StringComparison.Ordinal))
        {
            string file = error[..error.IndexOf(": ", StringComparison.Ordinal)];
            return File.Exists(file) ? $"chgrp {Environment.UserName} {file} && chmod g+r {file}" : $"ls -l {file}";
        }

        return null;
    }

    private static string Quoted(string text, int start) => text[start..text.IndexOf('"', start)];
}
