using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Pipe.EndToEnd;

/// <summary>A folder of its own for one test: home, store, log, and an environment as small as a mail system's.</summary>
internal sealed class Sandbox : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public Sandbox()
    {
        if (Repository.SkipReason is { } reason)
            Assert.Skip(reason);
        SQLitePCL.Batteries_V2.Init();
        Folder = Directory.CreateTempSubdirectory("pipe-e2e-").FullName;
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

    /// <summary>The executable as it is started.</summary>
    public string Executable { get; set; } = Repository.Executable;

    /// <summary>The log.</summary>
    public string LogFile => Path.Combine(Folder, "pipe.log");

    /// <summary>Where the store is by default.</summary>
    public string DefaultStore => Path.Combine(Home, ".local", "share", "pipe", "pipe.db");

    /// <summary>The lines of the log.</summary>
    public string[] LogLines => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    /// <summary>The one line about a message that every delivery writes.</summary>
    public string MessageLine => Assert.Single(LogLines, line => line.Contains(" information: message ", StringComparison.Ordinal));

    /// <summary>Runs the executable with a message on standard input.</summary>
    public PipeRun Run(byte[] input, params string[] arguments) => RunShell(null, input, arguments);

    /// <summary>The same, with commands of the shell before (limits) and redirections after it.</summary>
    /// <param name="shell">Such as "ulimit -n 8; exec \"$@\" >/dev/full"; "$@" is the executable with its arguments.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="arguments">The arguments.</param>
    public PipeRun RunShell(string? shell, byte[] input, params string[] arguments)
    {
        using var process = Start(shell, arguments);
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = ReadAsync(process.StandardError.BaseStream);
        Feed(process, input);
        return Wait(process, output, error);
    }

    /// <summary>Starts the executable; the caller feeds and ends it.</summary>
    public Process Start(string? shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell is null ? Executable : "/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        if (shell is not null)
        {
            foreach (string argument in (string[])["-c", shell, "sh", Executable])
                start.ArgumentList.Add(argument);
        }

        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a process that was started.</summary>
    public static PipeRun Wait(Process process, Task<byte[]> output, Task<byte[]> error)
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the process did not end");
        }

        return new PipeRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Reads a stream to its end.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream)
    {
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Writes the path of a file in the sandbox, with content.</summary>
    public string Write(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    /// <summary>A number from the store.</summary>
    public long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DefaultStore};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        // Some tests take the right to write away.
        using (var chmod = Process.Start("chmod", ["-R", "u+rwX", Folder]))
            chmod.WaitForExit();
        Directory.Delete(Folder, recursive: true);
    }

    private static void Feed(Process process, byte[] input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; the exit code is what counts.
        }
    }
}
