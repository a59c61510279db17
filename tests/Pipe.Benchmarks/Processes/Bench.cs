using System.Diagnostics;
using System.Globalization;

namespace Pipe.Benchmarks.Processes;

/// <summary>Builds the C programs of <c>floor/</c> and measures commands with them.</summary>
internal sealed class Bench : IDisposable
{
    private readonly string _sources = Path.Combine(RepositoryFiles.Root, "tests", "Pipe.Benchmarks", "floor");
    private readonly string _measure;

    public Bench()
    {
        // On a real disk: in memory, what a commit costs would not show.
        Folder = Directory.CreateTempSubdirectory("pipe-benchmark-").FullName;
        _measure = Build("measure");
        SqliteFloor = Build("sqlite_floor", "-lsqlite3");
        MariaDbFloor = TryBuildWithClientLibrary();
    }

    public string Folder { get; }

    public string SqliteFloor { get; }

    /// <summary>The floor for MariaDB, or <c>null</c> without its client library's development files.</summary>
    public string? MariaDbFloor { get; }

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Measures a command.</summary>
    /// <param name="runs">How often it is run.</param>
    /// <param name="parallel">How many at a time.</param>
    /// <param name="template">The message; see <c>measure.c</c>.</param>
    /// <param name="environment">The command's whole environment.</param>
    /// <param name="command">The program and its arguments.</param>
    public Measurement Measure(int runs, int parallel, string template, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        string text = Run(environment, [_measure, runs.ToString(CultureInfo.InvariantCulture), parallel.ToString(CultureInfo.InvariantCulture), template, .. command]);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        double[][] each = [.. rows.Where(row => row.Length == 4).Select(row => row.Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray())];
        double total = double.Parse(rows.Single(row => row[0] == "total")[1], CultureInfo.InvariantCulture);
        return new Measurement(
            Median(each.Select(run => run[0])) / 1000,
            Median(each.Select(run => run[1])) / 1000,
            each.Max(run => run[2]) / 1024,
            each.Length / (total / 1e6),
            each.Count(run => run[3] != 0));
    }

    /// <summary>Writes a message of about this size: a text, and a file that makes up the rest.</summary>
    public string WriteTemplate(int bytes)
    {
        string path = this[string.Create(CultureInfo.InvariantCulture, $"message-{bytes}.eml")];
        if (File.Exists(path))
            return path;

        string body = string.Concat(Enumerable.Repeat("The lamp that you sent is broken, and I would like to have another one.\r\n", 12));
        using var writer = new StreamWriter(path) { NewLine = "\r\n" };
        writer.WriteLine("Received: from mail.customer.test (mail.customer.test [192.0.2.25]) by mx.example.test with ESMTPS id @@@@@@@@@@@@; Mon, 23 Nov 2026 08:00:00 +0000");
        writer.WriteLine("From: Maria Lopez <maria@customer.test>\r\nTo: Support <support@example.test>\r\nSubject: Lamp @@@@@@@@@@@@\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000");
        writer.WriteLine("Message-ID: <@@@@@@@@@@@@.bench@customer.test>\r\nMIME-Version: 1.0");
        if (bytes < 10_000)
        {
            writer.Write("Content-Type: text/plain; charset=utf-8\r\n\r\n" + body);
            return path;
        }

        writer.Write("Content-Type: multipart/mixed; boundary=\"part\"\r\n\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body);
        writer.Write("--part\r\nContent-Type: application/pdf; name=\"offer.pdf\"\r\nContent-Disposition: attachment; filename=\"offer.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n");

        // The file differs from run to run, or it would be stored once for all.
        writer.Write("@@@@@@@@@@@@");
        byte[] line = new byte[57];
        var random = new Random(1);
        for (int written = 12; written < bytes - 2000; written += 78)
        {
            random.NextBytes(line);
            writer.WriteLine(Convert.ToBase64String(line));
        }

        writer.Write("--part--\r\n");
        return path;
    }

    /// <summary>Waits until everything that was written is on the disks, so that it does not slow down what is measured next.</summary>
    public static void FlushDisks()
    {
        using var sync = Process.Start("sync");
        sync.WaitForExit();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs a command and returns what it printed.</summary>
    public static string Run(IReadOnlyDictionary<string, string>? environment, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{string.Join(' ', command)}: {error.Result}");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private string Build(string name, params string[] libraries)
    {
        string program = this[name];
        Run(null, ["cc", "-O2", "-o", program, Path.Combine(_sources, name + ".c"), .. libraries]);
        return program;
    }

    private string? TryBuildWithClientLibrary()
    {
        try
        {
            return Build("mariadb_floor", Run(null, "mariadb_config", "--cflags", "--libs").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        }
        catch (Exception ex) when (ex is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
