using System.Globalization;

namespace Pipe.Faults;

/// <summary>A folder of its own for one test: home, log, and an environment as small as a mail system's.</summary>
internal sealed class PipeBox : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private int _number;

    public PipeBox()
    {
        if (RepositoryFiles.ExecutableMissing is { } reason)
            Assert.Skip(reason);
        Folder = Directory.CreateTempSubdirectory("pipe-faults-").FullName;
        Home = Path.Combine(Folder, "home");
        Directory.CreateDirectory(Home);
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["HOME"] = Home,
            ["PIPE_LOG_FILE"] = LogFile,
        };
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What HOME says.</summary>
    public string Home { get; }

    /// <summary>The environment of the processes.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>The log.</summary>
    public string LogFile => Path.Combine(Folder, "pipe.log");

    /// <summary>The lines of the log.</summary>
    public string[] LogLines => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    /// <summary>Where the folders and files of this program are by default.</summary>
    public string DataFolder => Path.Combine(Home, ".local", "share", "pipe");

    /// <summary>Delivers a mail and returns the exit code; not one byte may be written.</summary>
    public int Deliver(byte[] mail, params string[] arguments) => DeliverThrough(null, mail, arguments);

    /// <summary>Delivers a mail; the answer has to be 0.</summary>
    public void DeliverDone(byte[] mail, params string[] arguments)
    {
        int exitCode = Deliver(mail, arguments);
        Assert.True(exitCode == 0, $"exit code {exitCode}; {LogLines.LastOrDefault()}");
    }

    /// <summary>The same, with commands of the shell around it.</summary>
    /// <param name="shell">Such as <c>ulimit -n 8; exec "$@"</c>; "$@" is the executable with its arguments.</param>
    /// <param name="mail">Standard input.</param>
    /// <param name="arguments">The executable's arguments.</param>
    public int DeliverThrough(string? shell, byte[] mail, params string[] arguments)
    {
        string name = NextName();
        string input = Path.Combine(Folder, name + ".in");
        File.WriteAllBytes(input, mail);
        int exitCode = DeliverFile(shell, input, arguments);
        File.Delete(input);
        return exitCode;
    }

    /// <summary>Delivers what is in a file, a pipe or a device.</summary>
    public int DeliverFile(string? shell, string input, params string[] arguments)
    {
        string output = Path.Combine(Folder, NextName() + ".out");
        var process = Start(shell, input, output, arguments);
        if (process.Wait(Patience) is not { } outcome)
        {
            process.Kill();
            throw new InvalidOperationException("the process did not end");
        }

        AssertEmpty(output);
        return outcome.ExitCode;
    }

    /// <summary>Starts a delivery; both outputs go to one file.</summary>
    public SpawnedProcess Start(string? shell, string input, string output, params string[] arguments) => SpawnedProcess.Start(
        (shell is null
            ? new SpawnRequest(RepositoryFiles.Executable, arguments)
            : new SpawnRequest("/bin/sh", ["-c", shell, "sh", RepositoryFiles.Executable, .. arguments]))
        with
        { Environment = Environment, Folder = Folder, InputFile = input, OutputFile = output });

    /// <summary>Asserts that nothing was written, and removes the file.</summary>
    public static void AssertEmpty(string output)
    {
        Assert.Equal("", File.ReadAllText(output));
        File.Delete(output);
    }

    /// <summary>Runs a command for people and returns its exit code and everything that it printed.</summary>
    public (int ExitCode, string Text) Command(params string[] arguments)
    {
        string output = Path.Combine(Folder, NextName() + ".out");
        int exitCode = Start(null, "/dev/null", output, arguments).Wait().ExitCode;
        string text = File.ReadAllText(output);
        File.Delete(output);
        return (exitCode, text);
    }

    /// <summary>Asserts that the last log line about a message says this.</summary>
    public void AssertLogged(params string[] parts)
    {
        string line = LogLines.Last(line => line.Contains(": message ", StringComparison.Ordinal));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    /// <summary>A file name that no other has.</summary>
    public string NextName() => string.Create(CultureInfo.InvariantCulture, $"run-{Interlocked.Increment(ref _number)}");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
