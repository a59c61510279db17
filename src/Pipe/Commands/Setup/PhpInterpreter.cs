namespace Pipe.Commands.Setup;

/// <summary>A PHP that forwarders may name.</summary>
/// <param name="path">Its path.</param>
internal sealed class PhpInterpreter(string path)
{
    private static readonly string[] UsualPaths = ["/usr/bin/php", "/usr/local/bin/php", "/usr/bin/php-cgi", "/usr/local/bin/php-cgi"];

    private static readonly string[] Starters = ["proc_open", "exec", "passthru", "system", "popen", "shell_exec"];

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>Those of this machine that forwarders are known to name.</summary>
    public static IEnumerable<PhpInterpreter> Installed() => UsualPaths.Where(File.Exists).Select(usual => new PhpInterpreter(usual));

    /// <summary>That of this machine which a line names; <c>null</c> for a program that only its author knows.</summary>
    public static PhpInterpreter? Known(string name) =>
        UsualPaths.FirstOrDefault(usual => File.Exists(usual) && (usual == name || System.IO.Path.GetFileName(usual) == name)) is { } found ? new(found) : null;

    /// <summary>Runs a script as a forwarder that begins with <c>php -q</c> does, without a message.</summary>
    public Subprocess Run(string script, IEnumerable<KeyValuePair<string, string>> environment) =>
        Subprocess.Run(null, path, ["-q", script], environment);

    /// <summary>The setting that keeps it from starting programs, in words; <c>null</c> where nothing does or it does not say.</summary>
    /// <param name="account">The account that asks it, or <c>null</c> for this one.</param>
    public string? WhyItStartsNoProgram(string? account)
    {
        const string Question = "echo php_ini_loaded_file(), \"\\n\", ini_get('disable_functions'), \"\\n\";";

        if (Subprocess.Run(account, path, ["-q", "-r", Question]) is not { ExitCode: 0 } answer || answer.Output.Split('\n') is not [.., var file, var disabled, ""])
            return null;
        var names = disabled.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Starters.All(names.Contains) ? $"disable_functions in {(file.Length > 0 ? file : "php.ini")} names {string.Join(", ", Starters)}" : null;
    }
}
