using System.Data.Common;
using System.Diagnostics;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Store;

namespace Pipe.Commands.Setup;

/// <summary>Puts this program behind an osTicket installation's <c>api/pipe.php</c>, and takes it away again.</summary>
/// <param name="folder">The folder of the installation.</param>
/// <param name="executable">This program.</param>
internal sealed class Takeover(string folder, string executable)
{
    // The kernel cuts the first line of a script off after 127 bytes (before Linux 5.1).
    private const int MaxFirstLine = 127;

    private const string Mark = "\n<?php // pipe setup takeover\n";

    // Forwarders that run the file itself start the program in its first line. Those that begin with "php" come to the rest,
    // and web visitors are turned away there.
    private const string PhpPart = Mark + """
        // Put here by "pipe setup takeover". osTicket's own file is pipe.php.orig; "pipe setup takeover --undo" puts it back.
        ini_set('display_errors', '0');
        if (isset($_SERVER['REQUEST_METHOD'])) { http_response_code(403); exit; }
        $nothing = ['file', '/dev/null', 'w'];
        $process = function_exists('proc_open') ? @proc_open([__DIR__ . '/pipe'], [STDIN, $nothing, $nothing], $pipes) : false;
        $status = $process === false ? 75 : proc_close($process);
        exit(in_array($status, [0, 77], true) ? $status : 75);

        """;

    private readonly string _script = Path.Combine(folder, "api", "pipe.php");
    private readonly string _original = Path.Combine(folder, "api", "pipe.php.orig");
    private readonly string _program = Path.Combine(folder, "api", "pipe");

    /// <summary>Proves that tickets can be written, then puts the program in place.</summary>
    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="TakeoverException">Something speaks against it; nothing was changed.</exception>
    /// <exception cref="IOException">A file cannot be written; the forwarders do what they did before.</exception>
    public string Perform()
    {
        if (!File.Exists(_script) || !File.Exists(Path.Combine(folder, "include", "ost-config.php")))
            throw new TakeoverException($"{folder} is no osTicket installation: api/pipe.php or include/ost-config.php is not there");
        if (IsOurs(_script))
            return $"{_script} is this program's already; nothing to do";
        if (_program.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || _program.Length + 2 > MaxFirstLine)
            throw new TakeoverException($"{_program} cannot stand in the first line of a script: it is too long or has blanks in it");

        ProbeStore();
        bool isCopied = _program != executable;
        if (isCopied)
            Place(_program, target => File.Copy(executable, target, overwrite: true));
        try
        {
            ProbeProgram();
        }
        catch (TakeoverException) when (isCopied)
        {
            File.Delete(_program);
            throw;
        }

        if (!File.Exists(_original))
            Place(_original, target => File.Copy(_script, target, overwrite: true), File.GetUnixFileMode(_script));
        Place(_script, target => File.WriteAllText(target, $"#!{_program}{PhpPart}"));
        return $"{_script} is this program now; the old file is {Path.GetFileName(_original)}, and --undo puts it back";
    }

    /// <summary>Puts the old file back.</summary>
    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="TakeoverException">There is no old file.</exception>
    public string Undo()
    {
        if (!File.Exists(_original))
            throw new TakeoverException($"{_original} is not there; nothing was taken over");
        File.Move(_original, _script, overwrite: true);
        if (_program != executable)
            File.Delete(_program);
        return $"{_script} is osTicket's own again";
    }

    private static bool IsOurs(string script)
    {
        using var reader = new StreamReader(script);
        char[] start = new char[MaxFirstLine + Mark.Length + 2];
        return new string(start, 0, reader.ReadBlock(start)).Contains(Mark, StringComparison.Ordinal);
    }

    // Under its final name a file is there as a whole or not at all, and survives a power failure.
    private static void Place(string path, Action<string> write, UnixFileMode? mode = null)
    {
        string unfinished = path + ".new";
        write(unfinished);
        File.SetUnixFileMode(unfinished, mode ?? (UnixFileMode)0b111_101_101);
        using (var file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.Move(unfinished, path, overwrite: true);
    }

    private void ProbeStore()
    {
        var sources = new SettingsSources { Executable = _script, RealExecutable = _program };
        var settings = SettingsLoader.Load(new GivenOptions(), sources);
        if (settings.Errors.Count > 0)
            throw new TakeoverException(settings.Errors[0]);
        try
        {
            if (settings.Url is null && StoreAccess.Doctor(settings, sources).Examine().Mailboxes.Count == 0)
                throw new TakeoverException("nothing was changed, for the help desk has no email address yet: add one in the admin panel under Emails");
        }
        catch (Exception ex) when (ex is StoreException or DbException)
        {
            throw new TakeoverException($"nothing was changed, for tickets cannot be written: {ex.Message}");
        }
    }

    // Without a message the program defers, silently; a file system without execution, or another kind of machine, shows here.
    private void ProbeProgram()
    {
        try
        {
            var start = new ProcessStartInfo(_program, ["--log", "none"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != (int)ExitCode.TempFail || output.Length > 0)
                throw new TakeoverException($"nothing was changed, for {_program} does not run as it should: exit code {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception ex)
        {
            throw new TakeoverException($"nothing was changed, for {_program} cannot be run: {ex.Message}");
        }
    }
}
