using System.ComponentModel;
using System.Diagnostics;

namespace Pipe.Commands;

/// <summary>How a program ended that a command started to see what it does.</summary>
/// <param name="ExitCode">Its exit code; -1 when it could not be started or did not end in time.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed on standard error, or why it could not be started.</param>
internal sealed record Subprocess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program with nothing on standard input, from the root folder, in an environment as small as a mail system's.</summary>
    /// <param name="account">The account it runs as, or <c>null</c> for this one; only root may name one.</param>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What the environment holds besides PATH.</param>
    public static Subprocess Run(
        string? account, string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/bin:/usr/bin";
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        if (account is not null)
            start.UserName = account;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (Task.WaitAll([output, errors], Patience) && process.WaitForExit(Patience))
                return new(process.ExitCode, output.Result, errors.Result);
            process.Kill(entireProcessTree: true);
            return new(-1, "", $"not done within {Patience.TotalSeconds} seconds");
        }
        catch (Win32Exception ex)
        {
            return new(-1, "", ex.Message);
        }
    }
}
