using System.Diagnostics;

namespace Pipe.Benchmarks;

/// <summary>Megabytes and messages per second, and bytes allocated per byte of input: the median of five runs.</summary>
internal static class ThroughputBenchmark
{
    private const int Runs = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(2);

    public static void Run(byte[][] messages)
    {
        long total = messages.Sum(static m => (long)m.Length);
        Console.WriteLine($"{messages.Length} messages, {total} bytes");
        Console.WriteLine($"{"work",-22} {"MB/s",8} {"MB/CPU s",9} {"messages/s",11} {"B/B",6}");
        foreach (var work in Enum.GetValues<MessageWork>())
            Measure(messages, total, work);
    }

    private static void Measure(byte[][] messages, long total, MessageWork work)
    {
        long sink = 0;
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < WarmUp)
            sink += Pass(messages, work);

        var speeds = new List<(double PerSecond, double PerCpuSecond, double Allocated)>();
        for (int run = 0; run < Runs; run++)
        {
            GC.Collect();
            long allocated = GC.GetTotalAllocatedBytes(true);
            var cpu = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            int passes = 0;
            while (watch.Elapsed < RunTime)
            {
                sink += Pass(messages, work);
                passes++;
            }

            double seconds = watch.Elapsed.TotalSeconds;
            double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            double bytes = (double)total * passes;
            speeds.Add((bytes / 1e6 / seconds, bytes / 1e6 / cpuSeconds, (GC.GetTotalAllocatedBytes(true) - allocated) / bytes));
        }

        var median = speeds.OrderBy(static s => s.PerSecond).ElementAt(Runs / 2);
        double perSecond = median.PerSecond * 1e6 / total * messages.Length;
        Console.WriteLine($"{work,-22} {median.PerSecond,8:F1} {median.PerCpuSecond,9:F1} {perSecond,11:F0} {median.Allocated,6:F2}");
        GC.KeepAlive(sink);
    }

    private static long Pass(byte[][] messages, MessageWork work)
    {
        long sum = 0;
        foreach (byte[] message in messages)
        {
            using var stream = new MemoryStream(message, writable: false);
            sum += MessageReader.Read(stream, work);
        }

        return sum;
    }
}
