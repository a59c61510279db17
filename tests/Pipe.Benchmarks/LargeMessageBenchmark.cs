using System.Diagnostics;
using System.Text;

namespace Pipe.Benchmarks;

/// <summary>What a message of 50 MB costs when it stays in its file.</summary>
internal static class LargeMessageBenchmark
{
    private const int Megabytes = 50;

    public static void Run()
    {
        string file = Path.GetTempFileName();
        try
        {
            Write(file);
            Console.WriteLine();
            Console.WriteLine($"a message of {Megabytes} MB from a file that stays open:");
            for (int i = 0; i < 3; i++)
            {
                using var stream = File.OpenRead(file);
                long before = GC.GetAllocatedBytesForCurrentThread();
                var watch = Stopwatch.StartNew();
                using var message = MimeMessage.Load(ParserOptions.Default, stream, persistent: true);
                double parsed = watch.Elapsed.TotalMilliseconds;
                foreach (var part in message.BodyParts.OfType<MimePart>())
                    part.Content?.DecodeTo(Stream.Null);
                Console.WriteLine($"  parsed in {parsed:F1} ms, decoded in {watch.Elapsed.TotalMilliseconds - parsed:F1} ms, {GC.GetAllocatedBytesForCurrentThread() - before} bytes allocated");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Write(string file)
    {
        using var stream = File.Create(file);
        stream.Write(Encoding.ASCII.GetBytes(
            "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee below\r\n--b\r\n"
            + "Content-Type: application/octet-stream\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
        byte[] line = Encoding.ASCII.GetBytes(new string('A', 76) + "\r\n");
        for (int i = 0; i < Megabytes * 1_000_000 / line.Length; i++)
            stream.Write(line);
        stream.Write("\r\n--b--\r\n"u8);
    }
}
