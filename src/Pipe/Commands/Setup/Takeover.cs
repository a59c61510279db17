using System.Data.Common;
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

    private const string Nothing = "nothing was changed, for ";

    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    private readonly string _script = Path.Combine(folder, "api", "pipe.php");
    private readonly string _original = Path.Combine(folder, "api", "pipe.php.orig");
    private readonly string _program = Path.Combine(folder, "api", "pipe");
    private readonly string _guard = Path.Combine(folder, "api", "pipe-in");

    // Everything is tried here first, in the file system that it will be in.
    private readonly string _rehearsal = Path.Combine(folder, "api", "pipe.new");

    /// <summary>Proves that tickets can be written and that every kind of forwarder arrives, then puts the program in place.</summary>
    /// <param name="withPhp">Whether forwarders may begin with <c>php</c>.</param>
    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="TakeoverException">Something speaks against it; nothing was changed.</exception>
    /// <exception cref="IOException">A file cannot be written; the forwarders do what they did before.</exception>
    public string Perform(bool withPhp)
    {
        if (!File.Exists(_script) || !File.Exists(Path.Combine(folder, "include", "ost-config.php")))
            throw new TakeoverException($"{folder} is no osTicket installation: api/pipe.php or include/ost-config.php is not there");
        string line = TakeoverFiles.FirstLine(Path.Combine(_rehearsal, "pipe-in"));
        if (line.Length > MaxFirstLine || folder.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            throw new TakeoverException($"{folder} cannot stand in the first line of a script: it is too long or has blanks in it");

        ProbeStore();
        bool isRepeated = TakeoverFiles.GuardIn(string.Join('\n', File.ReadLines(_script).Take(3))) is not null;
        try
        {
            Rehearse(withPhp);

            // The script last: it is what forwarders call.
            if (_program != executable)
                File.Move(Path.Combine(_rehearsal, "pipe"), _program, overwrite: true);
            File.Move(Path.Combine(_rehearsal, "pipe-in"), _guard, overwrite: true);
            if (!isRepeated && !File.Exists(_original))
                Place(_original, target => File.Copy(_script, target, overwrite: true), File.GetUnixFileMode(_script));
            Place(_script, target => File.WriteAllText(target, TakeoverFiles.Script(_guard)), Executable);
        }
        finally
        {
            if (Directory.Exists(_rehearsal))
                Directory.Delete(_rehearsal, recursive: true);
        }

        return isRepeated
            ? $"{_script} was this program's already; it is up to date now"
            : $"{_script} is this program now; the old file is {Path.GetFileName(_original)}, and --undo puts it back";
    }

    /// <summary>Puts the old file back.</summary>
    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="TakeoverException">There is no old file.</exception>
    public string Undo()
    {
        if (!File.Exists(_original))
            throw new TakeoverException($"{_original} is not there; nothing was taken over");
        File.Move(_original, _script, overwrite: true);
        File.Delete(_guard);
        if (_program != executable)
            File.Delete(_program);
        return $"{_script} is osTicket's own again";
    }

    // Under its final name a file is there as a whole or not at all, and survives a power failure.
    private void Place(string path, Action<string> write, UnixFileMode mode)
    {
        string unfinished = Path.Combine(_rehearsal, "unfinished");
        write(unfinished);
        File.SetUnixFileMode(unfinished, mode);
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
                throw new TakeoverException(Nothing + "the help desk has no email address yet: add one in the admin panel under Emails");
        }
        catch (Exception ex) when (ex is StoreException or DbException)
        {
            throw new TakeoverException($"{Nothing}tickets cannot be written: {ex.Message}");
        }
    }

    private void Rehearse(bool withPhp)
    {
        string program = Path.Combine(_rehearsal, "pipe");
        string guard = Path.Combine(_rehearsal, "pipe-in");
        string script = Path.Combine(_rehearsal, "pipe.php");
        Directory.CreateDirectory(_rehearsal);
        Place(program, target => File.Copy(executable, target, overwrite: true), Executable);
        Place(guard, target => File.WriteAllText(target, TakeoverFiles.Guard), Executable);
        Place(script, target => File.WriteAllText(target, TakeoverFiles.Script(guard)), Executable);

        // Without a message the program defers, silently, and says so in its log. A file system without execution, another
        // kind of machine, a PHP that may start nothing or prints something of its own: it shows here.
        CheckCall(script, environment => Subprocess.Run(null, script, [], environment), () => null);
        foreach (var php in withPhp ? PhpInterpreter.Installed() : [])
            CheckCall(php.Path + " -q " + _script, environment => php.Run(script, environment), () => php.WhyItStartsNoProgram(null));
    }

    private void CheckCall(string call, Func<IEnumerable<KeyValuePair<string, string>>, Subprocess> run, Func<string?> explain)
    {
        string log = Path.Combine(_rehearsal, "log");
        File.Delete(log);
        var result = run([new("PIPE_LOG", "file"), new("PIPE_LOG_FILE", log)]);
        if (result.ExitCode == (int)ExitCode.TempFail && result.Output.Length + result.Errors.Length == 0 && File.Exists(log))
            return;

        string what = File.Exists(log) || result.Output.Length + result.Errors.Length > 0
            ? $"ended with {result.ExitCode} and printed \"{Printable.Line((result.Output + result.Errors).Trim())}\""
            : explain() ?? $"did not start the program, and ended with {result.ExitCode}";
        string way = call.Contains("-q", StringComparison.Ordinal)
            ? $". Where no forwarder begins with php (|{_script} instead), say --without-php"
            : "";
        throw new TakeoverException($"{Nothing}called as {call}, the new file would not take mail: {what}{way}");
    }
}
