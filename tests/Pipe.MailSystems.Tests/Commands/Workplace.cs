using System.Diagnostics;
using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Commands;

/// <summary>A folder with the published executable in it, its configuration and its store.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace()
    {
        Folder = Directory.CreateTempSubdirectory("pipe-commands-").FullName;
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        Executable = Path.Combine(Folder, "pipe");
        CopyExecutable(Executable);
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        Configure($$"""{ "notify": "off", "store": "{{Store}}", "logFile": "{{LogFile}}", "quarantine": "{{Folder}}/data/quarantine", "systemEmail": "Support <support@acme.test>" }""");
    }

    public string Folder { get; }

    public string Executable { get; }

    public string Store => Path.Combine(Folder, "data", "pipe.db");

    public string LogFile => Path.Combine(Folder, "data", "pipe.log");

    public string Configuration => Path.Combine(Folder, "pipe.json");

    /// <summary>Copies the published executable, by a process of its own.</summary>
    /// <remarks>What another test starts while this process has the copy open for writing keeps it open, and then nobody can run it.</remarks>
    public static void CopyExecutable(string path)
    {
        using var install = Process.Start("install", ["-m", "0755", LabPackages.Executable, path]);
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
    }

    public void Configure(string json) => File.WriteAllText(Configuration, json);

    /// <summary>Runs the executable with a message on standard input.</summary>
    public ShellResult Pipe(string message, params string[] arguments) => RunProgram(Executable, message, null, arguments);

    /// <summary>Runs a command of the executable.</summary>
    public ShellResult Run(params string[] arguments) => Pipe("", arguments);

    /// <summary>Runs a program with an almost empty environment.</summary>
    public ShellResult RunProgram(string program, string input, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ShellResult(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
