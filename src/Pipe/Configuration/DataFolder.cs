using Pipe.Platform;

namespace Pipe.Configuration;

/// <summary>Finds the folder for what this program keeps when the settings do not say where.</summary>
internal static class DataFolder
{
    private const string SystemFolder = "/var/lib/pipe";

    /// <summary>
    /// The place of a file or folder of ours: where it exists already, else where it can be created, else <c>null</c>. The folder
    /// above it is created.
    /// </summary>
    /// <param name="name">The name in the data folder, such as "pipe.db".</param>
    /// <param name="environment">Reads one environment variable.</param>
    public static string? Locate(string name, Func<string, string?> environment)
    {
        string? user = UserFolder(environment);
        foreach (string? folder in (ReadOnlySpan<string?>)[user, SystemFolder])
        {
            if (folder is not null && Path.Exists(Path.Combine(folder, name)))
                return Path.Combine(folder, name);
        }

        foreach (string? folder in (ReadOnlySpan<string?>)[user, SystemFolder])
        {
            if (folder is not null && TryCreate(folder))
                return Path.Combine(folder, name);
        }

        return null;
    }

    // XDG Base Directory Specification. Without HOME (Postfix aliases) the user database knows the home folder.
    private static string? UserFolder(Func<string, string?> environment)
    {
        if (environment("XDG_DATA_HOME") is { Length: > 0 } data && Path.IsPathRooted(data))
            return Path.Combine(data, "pipe");

        string? home = environment("HOME");
        if (string.IsNullOrEmpty(home))
            home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.IsPathRooted(home) && home != "/" && Directory.Exists(home) ? Path.Combine(home, ".local", "share", "pipe") : null;
    }

    private static bool TryCreate(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return Libc.Access(folder, Libc.MayWriteAndSearch) == 0;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
