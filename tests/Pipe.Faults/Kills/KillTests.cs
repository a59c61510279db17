using System.Diagnostics;
using System.Globalization;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Kills;

/// <summary>Deliveries that are killed at any moment, and brought again until the answer is 0, as a mail system does.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 2;

    // A message that takes the process with it five times is a case for the quarantine.
    private const int MaxKillsOfOneMessage = 4;

    private readonly PipeBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public void Killed_at_random_over_SQLite_every_message_is_there_once()
    {
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        Kill(desk, Amounts.Of(100, 1000));
    }

    [Fact]
    public void Killed_at_random_over_MariaDB_every_message_is_there_once()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var desk = new MariaDbDesk(MariaDbServer.Shared, Path.Combine(_box.Folder, "osticket"));
        Kill(desk, Amounts.Of(100, 1000));
    }

    [Fact]
    public void Killed_at_random_over_HTTP_every_message_is_there_once()
    {
        using var desk = new ApiDesk();
        Kill(desk, Amounts.Of(40, 300));
    }

    [Fact]
    public void Killed_at_random_by_way_of_the_spool_every_message_is_there_once()
    {
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_ANSWER"] = "after-spool";
        Kill(desk, Amounts.Of(40, 300), () =>
        {
            // What was kept and answered for, but not delivered when the kill came.
            for (int turn = 0; turn < 50 && !_box.Command("spool", "list").Text.StartsWith("0 waiting, 0 ", StringComparison.Ordinal); turn++)
                _box.Command("spool", "retry", "--all");
        });
    }

    private void Kill(Desk desk, int kills, Action? settle = null)
    {
        desk.Configure(_box.Environment);
        var delivered = new List<TestMail>();
        for (int i = 0; i < 3; i++)
        {
            var mail = TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"first-{i}"));
            _box.DeliverDone(mail.Bytes);
            delivered.Add(mail);
        }

        double usual = UsualMilliseconds(delivered[0]);
        int left = kills, attempts = 0;
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker =>
        {
            var random = new Random(worker + 1);
            for (int i = 0; Volatile.Read(ref left) > 0; i++)
            {
                var mail = TestMail.Create(
                    string.Create(CultureInfo.InvariantCulture, $"kill-{worker}-{i}"),
                    fileSizes: i % 10 == 9 ? [700, 700_000] : i % 3 == 0 ? [2000] : null);
                DeliverWithKills(mail, random, usual, ref left, ref attempts);
                lock (delivered)
                    delivered.Add(mail);
            }
        });

        settle?.Invoke();
        desk.AssertHolds(delivered, delivered.Count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kills - left} kills in {attempts} deliveries of {delivered.Count} messages (one takes {usual:0.0} ms): each is there once"));
    }

    // A third of the attempts are left alone, so that a message gets through in the end.
    private void DeliverWithKills(TestMail mail, Random random, double usual, ref int left, ref int attempts)
    {
        string name = Path.Combine(_box.Folder, _box.NextName());
        File.WriteAllBytes(name + ".in", mail.Bytes);
        int exitCode, kills = 0;
        do
        {
            Interlocked.Increment(ref attempts);
            var process = _box.Start(null, name + ".in", name + ".out");
            if (kills < MaxKillsOfOneMessage && random.Next(3) > 0)
            {
                Wait(random.NextDouble() * usual * 1.5);
                process.Kill();
            }

            exitCode = process.Wait().ExitCode;
            Assert.Contains(exitCode, (int[])[0, 75, 137]);
            if (exitCode == 137)
            {
                Interlocked.Decrement(ref left);
                kills++;
            }

            PipeBox.AssertEmpty(name + ".out");
        }
        while (exitCode != 0);
        File.Delete(name + ".in");
    }

    private double UsualMilliseconds(TestMail mail)
    {
        var times = new List<double>();
        for (int i = 0; i < 9; i++)
        {
            long started = Stopwatch.GetTimestamp();
            _box.DeliverDone(mail.Bytes);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(4);
    }

    // Finer than a timer.
    private static void Wait(double milliseconds)
    {
        long started = Stopwatch.GetTimestamp();
        if (milliseconds > 3)
            Thread.Sleep((int)milliseconds - 2);
        while (Stopwatch.GetElapsedTime(started).TotalMilliseconds < milliseconds)
            Thread.SpinWait(20);
    }
}
