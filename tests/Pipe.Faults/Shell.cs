using System.Diagnostics;

namespace Pipe.Faults;

/// <summary>Commands that prepare the machine for a test.</summary>
internal static class Shell
{
    /// <summary>Whether this process may mount and change owners.</summary>
    public static bool IsRoot => Environment.UserName == "root";

    /// <summary>Runs a command; it has to succeed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
    }

    /// <summary>The path of a program, or <c>null</c> when it is not installed.</summary>
    public static string? Find(params string[] names)
    {
        foreach (string name in names)
        {
            foreach (string folder in (string[])["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"])
            {
                if (File.Exists(Path.Combine(folder, name)))
                    return Path.Combine(folder, name);
            }
        }

        return null;
    }
}
