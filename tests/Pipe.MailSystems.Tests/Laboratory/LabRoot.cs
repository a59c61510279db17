using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>
/// A machine of its own for one mail system, made of namespaces: files (the host's underneath, changes in memory), processes,
/// network (nothing but loopback), host name.
/// </summary>
internal sealed class LabRoot : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _holder;
    private readonly SyslogSocket _syslog;

    private LabRoot(string folder, Process holder, SyslogSocket syslog, int init)
    {
        Folder = folder;
        _holder = holder;
        _syslog = syslog;
        Init = init;
    }

    /// <summary>The folder that is <c>/lab</c> inside.</summary>
    public string Folder { get; }

    /// <summary>The first process inside, as numbered outside.</summary>
    public int Init { get; }

    /// <summary>What was sent to the system log inside.</summary>
    public string Syslog => _syslog.Text;

    public static LabRoot Start(string? tree)
    {
        string folder = Directory.CreateTempSubdirectory("pipe-lab-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path.Combine(folder, "mnt"));
        string packages = tree is null ? Directory.CreateDirectory(Path.Combine(folder, "none")).FullName : LabPackages.Tree(tree);
        var syslog = new SyslogSocket(Path.Combine(folder, "log"));

        var start = new ProcessStartInfo("unshare") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "--kill-child",
            "bash", Path.Combine(LabPackages.Scripts, "hold.sh"), packages, folder])
            start.ArgumentList.Add(argument);
        var holder = Process.Start(start)!;
        var errors = new StringBuilder();
        holder.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        holder.BeginErrorReadLine();

        var clock = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(folder, "ready")))
        {
            if (holder.HasExited || clock.Elapsed > StartLimit)
                throw new InvalidOperationException("the laboratory did not start: " + errors);
            Thread.Sleep(20);
        }

        string children = File.ReadAllText($"/proc/{holder.Id}/task/{holder.Id}/children");
        return new LabRoot(folder, holder, syslog, int.Parse(children.Trim(), CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a command inside, as root, with an almost empty environment and at most 60 seconds.</summary>
    public ShellResult Run(byte[]? input, params string[] command)
    {
        var start = new ProcessStartInfo("nsenter") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--target", Init.ToString(CultureInfo.InvariantCulture), "--mount", "--pid", "--net", "--uts", "--ipc",
            "--root", "env", "-i", "-C", "/", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "timeout", "-k", "5", "60", .. command])
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input ?? []);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command did not read to the end; its exit code tells the rest.
        }

        process.WaitForExit();

        // A daemon that keeps the descriptors open must not hold us up.
        Task.WaitAll([output, errors], TimeSpan.FromSeconds(2));
        return new ShellResult(
            process.ExitCode,
            output.IsCompletedSuccessfully ? output.Result : "",
            errors.IsCompletedSuccessfully ? errors.Result : "");
    }

    public ShellResult Shell(string script) => Run(null, "bash", "-c", script);

    /// <summary>The processes inside that run the executable, as numbered outside.</summary>
    public IReadOnlyList<int> Processes(string executable)
    {
        string ours = NamespaceOf(Init)!;
        return Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(id => Link($"/proc/{id}/exe") is { } exe && exe.EndsWith(executable, StringComparison.Ordinal) && NamespaceOf(id) == ours)
            .ToList();
    }

    public void Dispose()
    {
        _holder.StandardInput.Close();
        if (!_holder.WaitForExit(TimeSpan.FromSeconds(2)))
            _holder.Kill(entireProcessTree: true);
        _holder.WaitForExit();
        _holder.Dispose();
        _syslog.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string? NamespaceOf(int id) => Link($"/proc/{id}/ns/pid");

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
