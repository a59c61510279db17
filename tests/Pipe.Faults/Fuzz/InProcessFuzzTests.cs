using System.Diagnostics;
using System.Globalization;
using Pipe.Store;
using Pipe.Tickets;

namespace Pipe.Faults.Fuzz;

/// <summary>Damaged mail through parser, domain and store in one process.</summary>
public sealed class InProcessFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;
    private const int MailsPerStore = 2500;

    [Fact]
    public async Task Damaged_mail_becomes_a_ticket_or_is_recognised_and_takes_no_longer_at_the_end_than_at_the_beginning()
    {
        SQLitePCL.Batteries_V2.Init();
        int runs = Amounts.Of(10_000, 100_000);
        var mutator = new MailMutator(Seed, MailMutator.Samples());
        string folder = Directory.CreateTempSubdirectory("pipe-fuzz-").FullName;
        var blocks = new List<TimeSpan>();
        try
        {
            for (int done = 0; done < runs;)
            {
                string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{done}.db"));
                var store = TicketStore.OpenSqlite(file, new StoreOptions { SystemEmail = new Correspondent("support@example.test", "Support") });
                var started = ProcessorTime();
                for (int i = 0; i < MailsPerStore && done < runs; i++, done++)
                    await DeliverAsync(store, mutator.Next(), done);
                blocks.Add(ProcessorTime() - started);
                File.Delete(file);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{runs} damaged mails, seed {Seed}; processor time per {MailsPerStore}: {string.Join(", ", blocks.Select(block => block.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)))} s"));

        // The first block pays for compiling; what grew with the number of mails would be many times as much.
        Assert.True(blocks[^1] < blocks[1] * 3, $"{blocks[1]} at the beginning, {blocks[^1]} at the end");
    }

    [Theory]
    [InlineData("From: a@b.test\r\nSubject: ", "=?utf-8?B?", "\r\n\r\nx")]
    [InlineData("From: ", "(", "\r\n\r\nx")]
    [InlineData("From: ", "<", "\r\n\r\nx")]
    [InlineData("From: ", "\"", "\r\n\r\nx")]
    [InlineData("From: a@b.test\r\nTo: ", "a@b.test,", "\r\n\r\nx")]
    [InlineData("From: a@b.test\r\nTo: ", "g:", "\r\n\r\nx")]
    [InlineData("From: a@b.test\r\nReferences: ", "<a@b> ", "\r\n\r\nx")]
    [InlineData("From: a@b.test\r\nContent-Type: text/plain", "; a*0=b", "\r\n\r\nx")]
    [InlineData("From: a@b.test\r\n", "X: y\r\n", "\r\nx")]
    [InlineData("From: a@b.test\r\n", " \r\n", "\r\nx")]
    [InlineData("From: a@b.test\r\nContent-Type: text/html\r\n\r\n", "<div>", "x")]
    [InlineData("From: a@b.test\r\nContent-Type: text/html\r\n\r\n", "<", "x")]
    [InlineData("From: a@b.test\r\nContent-Type: text/html\r\n\r\n", "<p", "x")]
    [InlineData("From: a@b.test\r\nContent-Type: text/html\r\n\r\n", "<a style=\"", "x")]
    [InlineData("From: a@b.test\r\nContent-Type: text/html\r\n\r\n", "&amp;&#1;", "x")]
    [InlineData("From: a@b.test\r\nContent-Type: text/html\r\n\r\n", "<!--", "x")]
    [InlineData("From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n", "--b--")]
    [InlineData("From: a@b.test\r\n\r\n", "> ", "x")]
    [InlineData("From: a@b.test\r\n\r\n", "\n", "x")]
    [InlineData("From: a@b.test\r\n\r\n", ":)", "x")]
    [InlineData("From: a@b.test\r\n\r\n", "[#12]", "x")]
    public async Task Twice_as_much_of_the_same_takes_about_twice_the_time(string start, string repeated, string end)
    {
        SQLitePCL.Batteries_V2.Init();
        string folder = Directory.CreateTempSubdirectory("pipe-fuzz-").FullName;
        try
        {
            var store = TicketStore.OpenSqlite(Path.Combine(folder, "pipe.db"), new StoreOptions());
            await MeasureAsync(store, start, repeated, 1000, end);
            var half = await MeasureAsync(store, start, repeated, 100_000, end);
            var whole = await MeasureAsync(store, start, repeated, 200_000, end);

            // Four times would be quadratic; short times say nothing.
            Assert.True(whole < TimeSpan.FromMilliseconds(300) || whole < half * 3.2, $"{half} for half, {whole} for the whole");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimeSpan> MeasureAsync(TicketStore store, string start, string repeated, int bytes, string end)
    {
        string text = start + string.Concat(Enumerable.Repeat(repeated, bytes / repeated.Length)) + end;
        var best = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            byte[] mail = System.Text.Encoding.ASCII.GetBytes(text + new string(' ', i) + "\r\n");
            var started = ProcessorTime();
            await DeliverAsync(store, mail, i);
            var took = ProcessorTime() - started;
            best = took < best ? took : best;
        }

        return best;
    }

    private static async Task DeliverAsync(TicketStore store, byte[] mail, int number)
    {
        using var message = await RawMessage.ReadAsync(new MemoryStream(mail), new RawMessageOptions());
        try
        {
            var result = await store.DeliverAsync(new DeliveryContext(message, new Envelope(), new DeliveryTrace()), default);
            Assert.True(
                result is DeliveryResult.Stored or DeliveryResult.Discarded or DeliveryResult.Refused or DeliveryResult.Unacceptable,
                $"mail {number} ended in {result}");
        }
        catch (Exception ex) when (ex is not Xunit.Sdk.XunitException)
        {
            string kept = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"pipe-fuzz-{Seed}-{number}.eml"));
            await File.WriteAllBytesAsync(kept, mail);
            throw new InvalidOperationException($"mail {number} broke the delivery off: {kept}", ex);
        }
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
