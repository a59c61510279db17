using System.Globalization;
using Microsoft.AspNetCore.Http;
using Pipe.Testing.Http;

namespace Pipe.Benchmarks.Processes;

/// <summary>The published executable as mail systems use it, one process for each message, beside the least that any program would need.</summary>
/// <remarks>
/// Everything is measured alternately on the same machine and printed as medians. What is compared stands in one line with
/// the ratio; times alone say more about the machine than about the program.
/// </remarks>
internal sealed class ProcessBenchmarks(Bench bench, ProcessOptions options)
{
    private const int Rounds = 3;
    private static readonly int[] Sizes = [2_000, 100_000, 1_000_000, 20_000_000];

    private readonly Dictionary<string, string> _environment = new()
    {
        ["PATH"] = "/usr/bin:/bin",
        ["HOME"] = bench.Folder,
        ["PIPE_LOG"] = "file",
        ["PIPE_LOG_FILE"] = bench["pipe.log"],
    };

    /// <summary>Prints all tables.</summary>
    public static async Task RunAsync(ProcessOptions options)
    {
        using var bench = new Bench();
        var benchmarks = new ProcessBenchmarks(bench, options);
        Console.WriteLine($"{options.Executable}, {new FileInfo(options.Executable).Length / 1e6:0.0} MB, {Environment.ProcessorCount} processors");
        using var server = MariaDbServer.SkipReason is null
            ? MariaDbServer.Start("--innodb-flush-log-at-trx-commit=1", "--innodb-flush-method=fsync", "--innodb-doublewrite=1", "--sync-frm=1")
            : null;
        if (options.Prints("start"))
            benchmarks.StartUp();
        if (options.Prints("sqlite"))
            benchmarks.Sqlite();
        if (options.Prints("mariadb") && server is not null)
            benchmarks.MariaDb(server);
        if (options.Prints("mails") && server is not null)
            benchmarks.Mails(server);
        if (options.Prints("http"))
            await benchmarks.HttpAsync();
        if (options.Prints("others"))
            benchmarks.Others();
        if (options.Prints("throughput"))
            benchmarks.Throughput(server);
        if (options.Prints("growth") && options.Growth)
            benchmarks.Growth(server);
        if (options.Prints("trace"))
            benchmarks.Trace();
    }

    private static void Title(string title) => Console.WriteLine($"\n{title}");

    private static string Name(int bytes) => bytes >= 1_000_000 ? $"{bytes / 1_000_000} MB" : $"{bytes / 1000} KB";

    private void StartUp()
    {
        Title("start-up (--version)");
        Print("pipe --version", Measure(40, bench.WriteTemplate(2000), _environment, options.Executable, "--version"), null);
        Print("a C program that does nothing", Measure(40, bench.WriteTemplate(2000), _environment, "/bin/true"), null);
    }

    private void Sqlite()
    {
        Title("one message into SQLite (fsync at commit)");
        var environment = With("PIPE_STORE", bench["pipe.db"]);
        foreach (int size in Sizes)
        {
            string template = bench.WriteTemplate(size);
            Warm(template, environment);
            var (ours, floor) = Pair(size, template, environment, [options.Executable], [bench.SqliteFloor, bench["floor.db"]]);
            Print($"pipe, {Name(size)}", ours, floor);
            Print($"C floor, {Name(size)}", floor, null);
        }
    }

    private void MariaDb(MariaDbServer server)
    {
        Title("one message into MariaDB (osTicket's tables, local socket, fsync at commit)");
        var installation = OsTicketInstallation.Create(server, bench["osticket"]);
        server.Execute("CREATE DATABASE floor; CREATE TABLE floor.mail (id INT AUTO_INCREMENT PRIMARY KEY, message LONGBLOB) ENGINE=InnoDB");
        var environment = With("PIPE_OSTICKET", installation.Folder);
        foreach (int size in Sizes)
        {
            string template = bench.WriteTemplate(size);
            Warm(template, environment);
            if (bench.MariaDbFloor is not { } program)
            {
                Print($"pipe, {Name(size)}", Measure(Runs(size), template, environment, options.Executable), null);
                continue;
            }

            var (ours, floor) = Pair(size, template, environment, [options.Executable], [program, server.SocketPath, server.User, server.Password, "floor"]);
            Print($"pipe, {Name(size)}", ours, floor);
            Print($"C floor, {Name(size)}", floor, null);
        }
    }

    // A confirmation and an alert with an image, handed to a program that does nothing.
    private void Mails(MariaDbServer server)
    {
        const int Pairs = 50;
        Title($"the mails that one message of 2 KB causes (MariaDB; {Pairs} pairs, in turns)");
        var installation = OsTicketInstallation.Create(server, bench["mails"]);
        installation.Execute(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "Pipe.Benchmarks", "mails.sql")));
        var with = With("PIPE_OSTICKET", installation.Folder);
        with["PIPE_OUTBOX"] = bench["outbox"];
        with["PIPE_SENDMAIL"] = "/bin/true";
        with["PIPE_AUTOREPLIES_PER_HOUR"] = with["PIPE_NOTICES_PER_HOUR"] = "100000";
        var without = new Dictionary<string, string>(with) { ["PIPE_NOTIFY"] = "off" };
        string template = bench.WriteTemplate(2000);
        Warm(template, with);

        var pairs = new List<(Measurement With, Measurement Without)>();
        for (int i = 0; i < Pairs; i++)
            pairs.Add((bench.Measure(1, 1, template, with, options.Executable), bench.Measure(1, 1, template, without, options.Executable)));
        var quiet = Middle([.. pairs.Select(pair => pair.Without)]);
        Print("without", quiet, null);
        Print("with two mails", Middle([.. pairs.Select(pair => pair.With)]), quiet);
        int sent = File.ReadLines(bench["pipe.log"]).Count(line => line.Contains("mail outcome=sent", StringComparison.Ordinal));
        if (sent < Pairs * 2)
            Console.WriteLine($"  only {sent} mails were sent; see {bench["pipe.log"]}");
        double[] differences = [.. pairs.Select(pair => pair.With.Wall - pair.Without.Wall).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  difference within a pair: median {differences[Pairs / 2]:0.0} ms, quartiles {differences[Pairs / 4]:0.0} and {differences[Pairs * 3 / 4]:0.0} ms"));
    }

    private async Task HttpAsync()
    {
        Title("one message to a local HTTP server");
        await using var server = await DeskServer.StartAsync();
        server.Answer = context => DeskServer.WriteAsync(context, StatusCodes.Status201Created, "518477");
        var environment = With("PIPE_URL", server.Url.ToString());
        environment["PIPE_KEY"] = "0123456789ABCDEF0123456789ABCDEF";
        foreach (int size in Sizes)
        {
            string template = bench.WriteTemplate(size);
            Warm(template, environment);
            Print($"pipe, {Name(size)}", Measure(Runs(size), template, environment, options.Executable), null);
        }
    }

    // Whatever else does the same job on this machine: pipe.php, automail.php, automail.pl with their own settings.
    private void Others()
    {
        if (options.Others.Count == 0)
            return;

        Title("other programs for the same job");
        foreach (string command in options.Others)
        {
            foreach (int size in Sizes[..3])
                Print($"{command}, {Name(size)}", Measure(Runs(size), bench.WriteTemplate(size), _environment, "/bin/sh", "-c", "exec " + command), null);
        }
    }

    private void Throughput(MariaDbServer? server)
    {
        Title("messages of 2 KB per second, by the number of processes at the same time");
        string template = bench.WriteTemplate(2000);
        var sqlite = With("PIPE_STORE", bench["throughput.db"]);
        var mariaDb = server is null ? null : With("PIPE_OSTICKET", OsTicketInstallation.Create(server, bench["throughput"]).Folder);
        Warm(template, sqlite);
        foreach (int parallel in (int[])[1, 2, 4, 8, 16])
        {
            int runs = Math.Max(60, parallel * 20);
            var first = bench.Measure(runs, parallel, template, sqlite, options.Executable);
            string line = string.Create(CultureInfo.InvariantCulture, $"  {parallel,2} processes   SQLite {first.PerSecond,6:0}{Failed(first)}");
            if (mariaDb is not null)
            {
                var second = bench.Measure(runs, parallel, template, mariaDb, options.Executable);
                line += string.Create(CultureInfo.InvariantCulture, $"   MariaDB {second.PerSecond,6:0}{Failed(second)}");
            }

            Console.WriteLine(line);
        }
    }

    private void Growth(MariaDbServer? server)
    {
        Title("one message of 2 KB into a store that has entries already");
        string template = bench.WriteTemplate(2000);
        string file = bench["growth.db"];
        var sqlite = With("PIPE_STORE", file);
        Warm(template, sqlite);
        var installation = server is null ? null : OsTicketInstallation.Create(server, bench["growth"]);
        Measurement? firstSqlite = null, firstMariaDb = null;
        int entries = 0;
        foreach (int target in (int[])[0, 10_000, 100_000, 1_000_000])
        {
            // One after the other: a server goes on writing for a while after it was filled.
            StoreFiller.FillSqlite(file, entries, target);
            Bench.FlushDisks();
            Warm(template, sqlite);
            var measured = Measure(30, template, sqlite, options.Executable);
            Print(string.Create(CultureInfo.InvariantCulture, $"SQLite, {target:N0} entries"), measured, firstSqlite ??= measured);

            if (installation is not null)
            {
                StoreFiller.FillMariaDb(installation, entries, target);
                Bench.FlushDisks();
                var mariaDb = With("PIPE_OSTICKET", installation.Folder);
                Warm(template, mariaDb);
                measured = Measure(30, template, mariaDb, options.Executable);
                Print(string.Create(CultureInfo.InvariantCulture, $"MariaDB, {target:N0} entries"), measured, firstMariaDb ??= measured);
            }

            entries = target;
        }
    }

    private void Trace()
    {
        Title("where the time of one delivery goes (2 KB into SQLite; the log's own figures, median of 21)");
        var environment = With("PIPE_STORE", bench["pipe.db"]);
        string log = bench["trace.log"];
        environment["PIPE_LOG_FILE"] = log;
        var measured = bench.Measure(21, 1, bench.WriteTemplate(2000), environment, options.Executable);
        var stages = File.ReadLines(log)
            .SelectMany(line => line.Split(' ').Where(word => word.StartsWith("ms", StringComparison.Ordinal)).Select(word => word.Split('=', 2)))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
        foreach (var stage in stages)
        {
            double[] sorted = [.. stage.Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(stage.Key == "ms" ? "from Main to the log line" : stage.Key[3..]),-28} {sorted[sorted.Length / 2],8:0.00} ms"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"the whole process",-28} {measured.Wall,8:0.00} ms"));
    }

    // In turns, so that what else the machine does meets both.
    private (Measurement Ours, Measurement Floor) Pair(int size, string template, Dictionary<string, string> environment, string[] ours, string[] floor)
    {
        var first = new List<Measurement>();
        var second = new List<Measurement>();
        for (int round = 0; round < Rounds; round++)
        {
            first.Add(bench.Measure(Runs(size), 1, template, environment, ours));
            second.Add(bench.Measure(Runs(size), 1, template, environment, floor));
        }

        return (Middle(first), Middle(second));
    }

    private Measurement Measure(int runs, string template, IReadOnlyDictionary<string, string> environment, params string[] command) =>
        Middle([.. Enumerable.Range(0, Rounds).Select(_ => bench.Measure(runs, 1, template, environment, command))]);

    private static Measurement Middle(List<Measurement> rounds) => rounds.OrderBy(round => round.Wall).ElementAt(rounds.Count / 2) with
    {
        PeakMebibytes = rounds.Max(round => round.PeakMebibytes),
        Failures = rounds.Sum(round => round.Failures),
    };

    private static int Runs(int size) => size switch { < 1_000_000 => 30, < 10_000_000 => 15, _ => 5 };

    private void Warm(string template, IReadOnlyDictionary<string, string> environment)
    {
        var first = bench.Measure(3, 1, template, environment, options.Executable);
        if (first.Failures > 0)
            Console.WriteLine("  deliveries fail; see " + bench["pipe.log"]);
    }

    private Dictionary<string, string> With(string name, string value) => new(_environment) { [name] = value };

    private static string Failed(Measurement measurement) => measurement.Failures == 0 ? "" : $" ({measurement.Failures} failed)";

    private static void Print(string what, Measurement measured, Measurement? floor)
    {
        string ratio = floor is null ? "" : string.Create(CultureInfo.InvariantCulture, $"   {measured.Wall / floor.Wall:0.00} x wall, {measured.Cpu / floor.Cpu:0.0} x cpu");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-30} {measured.Wall,8:0.0} ms wall {measured.Cpu,8:0.0} ms cpu {measured.PeakMebibytes,6:0.0} MiB{ratio}{Failed(measured)}"));
    }
}
