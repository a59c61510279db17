using System.Text;

namespace Pipe.Benchmarks;

/// <summary>The processor time of hostile messages at 1, 4 and 16 times the size: the last two columns are 4 where it grows with the size.</summary>
internal static class LinearityBenchmark
{
    private const int UnitBytes = 64 * 1024;
    private const int Repetitions = 7;
    private const double MinMilliseconds = 10;

    private static readonly (string Name, string Start, string Repeated, string End)[] Families =
    [
        ("header fields", "", "X-A: b\n", "\nx"),
        ("addresses", "To: ", "a@b.c, ", "\n"),
        ("names without address", "To: ", "a,", "<a@b>\n"),
        ("open comments", "To: ", "(", "<a@b>\n"),
        ("routes", "To: ", "<@a,", "\n"),
        ("groups", "To: ", "a:", "\n"),
        ("addresses without commas", "To: ", "a@b ", "\n"),
        ("encoded-words", "Subject: ", "=?utf-8?Q?a?= ", "\n"),
        ("encoded-words never ended", "Subject: ", "=?x?q? ", "?=\n"),
        ("encoded-word starts", "Subject: ", "=?", "\n"),
        ("folded lines", "Subject: ", "a\n ", "\n"),
        ("references", "References: ", "<a@b> ", "\n"),
        ("parameters", "Content-Type: text/plain", "; a=b", "\n"),
        ("continuations", "Content-Type: text/plain", "; a*1*=%41", "\n"),
        ("lines that are no fields", "Subject: x\n", "no field\n", "X-A: b\n\nx"),
        ("empty parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n", ""),
        ("boundaries in a row", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n", ""),
        ("lines with hyphens", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n", "--c\n", ""),
        ("one line of hyphens", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n", "--", ""),
        ("embedded messages", "", "Content-Type: message/rfc822\n\n", ""),
        ("base64 faults", "Content-Transfer-Encoding: base64\n\n", "=a", ""),
        ("quoted-printable faults", "Content-Transfer-Encoding: quoted-printable\n\n", "= =x", ""),
        ("flowed text", "Content-Type: text/plain; format=flowed\n\n", "> a \n", ""),
    ];

    public static void Run()
    {
        Console.WriteLine();
        Console.WriteLine($"{"family",-28} {"64 KB ms",9} {"256 KB ms",10} {"1 MB ms",9} {"4x/1x",7} {"16x/4x",7}");
        foreach (var family in Families)
            Measure(family.Name, size => Encoding.Latin1.GetBytes(family.Start + Repeat(family.Repeated, size) + family.End));
        Measure("multiparts in each other", Nested);
    }

    private static void Measure(string name, Func<int, byte[]> make)
    {
        double one = Time(make(UnitBytes));
        double four = Time(make(UnitBytes * 4));
        double sixteen = Time(make(UnitBytes * 16));
        Console.WriteLine($"{name,-28} {one,9:F3} {four,10:F3} {sixteen,9:F3} {four / one,7:F1} {sixteen / four,7:F1}");
    }

    private static double Time(byte[] message)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            // Processor time, since a machine has other work too; short ones are repeated until they can be measured.
            GC.Collect();
            var before = Environment.CpuUsage.TotalTime;
            double spent = 0;
            int count = 0;
            while (spent < MinMilliseconds)
            {
                _ = MessageReader.Read(new MemoryStream(message, writable: false), MessageWork.Everything);
                count++;
                spent = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            }

            best = Math.Min(best, spent / count);
        }

        return best;
    }

    private static string Repeat(string text, int size) => new StringBuilder(size + text.Length).Insert(0, text, size / text.Length).ToString();

    private static byte[] Nested(int size)
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < size; i++)
            _ = text.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\n\n--b").Append(i).Append('\n');
        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
