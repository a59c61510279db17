using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pipe.Testing;

/// <summary>A private MariaDB server for tests, started through <c>tests/mariadb.sh</c> and ended by <see cref="Dispose"/>.</summary>
/// <remarks>
/// Tests that can share a server take <see cref="Shared"/>, which one test process starts at most once, and make a database
/// of their own with <see cref="CreateDatabase"/>. A test first says
/// <c>if (MariaDbServer.SkipReason is { } reason) Assert.Skip(reason);</c>. No server and no directory outlives the
/// test process, however it ends: the script watches it.
/// </remarks>
public sealed class MariaDbServer : IDisposable
{
    private static readonly string[] Programs = ["mariadbd", "mariadb", "mariadb-install-db"];
    private static readonly Lazy<string?> Missing = new(FindMissing);
    private static readonly Lazy<MariaDbServer> SharedServer = new(() => Start());
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static int _databases;

    private MariaDbServer(string directory) => Directory = directory;

    /// <summary>Why tests with a server cannot run here, or null when they can.</summary>
    public static string? SkipReason => Missing.Value;

    /// <summary>The one server of this test process.</summary>
    public static MariaDbServer Shared => SharedServer.Value;

    /// <summary>The server's own directory; the data are in <c>data</c> in it, the log in <c>server.log</c>.</summary>
    public string Directory { get; }

    /// <summary>Path of the Unix socket. <c>root</c> comes in through it without a password.</summary>
    public string SocketPath { get; private set; } = "";

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>An account that may do anything, through the port and through the socket.</summary>
    public string User { get; private set; } = "";

    /// <summary>The password of <see cref="User"/>.</summary>
    public string Password { get; private set; } = "";

    /// <summary>Process id of the server.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Starts a server of its own.</summary>
    /// <param name="options">Further options of mariadbd, such as <c>--require-secure-transport=1</c>.</param>
    /// <exception cref="InvalidOperationException">The server is not installed or did not start.</exception>
    public static MariaDbServer Start(params string[] options)
    {
        var server = new MariaDbServer(System.IO.Directory.CreateTempSubdirectory("pipe-mariadb-").FullName);
        server.Restart(options);
        return server;
    }

    /// <summary>Ends the server, if it still runs, and starts it again on the same data.</summary>
    /// <remarks>The port may change.</remarks>
    public void Restart(params string[] options)
    {
        Stop();
        foreach (var line in RunScript(["start", Directory, .. options]).Split('\n'))
        {
            var (key, value) = line.Split('=', 2) is [var left, var right] ? (left, right) : ("", "");
            switch (key)
            {
                case "socket": SocketPath = value; break;
                case "port": Port = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "user": User = value; break;
                case "password": Password = value; break;
                case "pid": ProcessId = int.Parse(value, CultureInfo.InvariantCulture); break;
            }
        }
    }

    /// <summary>Ends the server as an administrator would; the data stay.</summary>
    public void Stop() => RunScript(["stop", Directory]);

    /// <summary>Makes an empty database (utf8mb4) with a name of its own and returns the name.</summary>
    public string CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        Execute($"CREATE DATABASE `{name}`");
        return name;
    }

    /// <summary>Runs SQL as root with the command-line client and returns its output: rows by line, columns by tab.</summary>
    /// <exception cref="InvalidOperationException">The server refused a statement.</exception>
    public string Execute(string sql, string database = "") =>
        Run("mariadb", ["--no-defaults", "--batch", "--skip-column-names", "--default-character-set=utf8mb4", "--max-allowed-packet=1G",
            "--user=root", "--socket=" + SocketPath, database], sql);

    /// <summary>Ends the server and removes its directory.</summary>
    public void Dispose()
    {
        Stop();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static string? FindMissing()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/sbin:/usr/libexec:/usr/local/sbin";
        var missing = Programs.FirstOrDefault(
            program => !path.Split(':').Any(directory => File.Exists(Path.Combine(directory, program))));
        return missing is null ? null : $"{missing} is not installed (Debian: apt-get install mariadb-server)";
    }

    private static string RunScript(string[] arguments) =>
        Run("bash", [Path.Combine(AppContext.BaseDirectory, "mariadb.sh"), .. arguments], "");

    private static string Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments.Where(argument => argument.Length > 0))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        start.Environment["PIPE_MARIADB_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.Result}");
    }
}
