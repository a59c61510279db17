using System.Globalization;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Concurrency;

/// <summary>Many deliveries at the same time: new tickets, replies to the same few threads, and repetitions.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Threads = 10;
    private readonly PipeBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public void In_SQLite_every_message_is_there_once_and_every_number_is_unique()
    {
        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        DeliverMany(desk);
    }

    [Fact]
    public void In_MariaDB_every_message_is_there_once_and_every_number_is_unique()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var desk = new MariaDbDesk(MariaDbServer.Shared, Path.Combine(_box.Folder, "osticket"));
        DeliverMany(desk);
    }

    private void DeliverMany(SqlDesk desk)
    {
        int workers = Amounts.Of(16, 64), each = Amounts.Of(12, 50);
        desk.Configure(_box.Environment);
        var roots = new List<TestMail>();
        for (int i = 0; i < Threads; i++)
        {
            roots.Add(TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"root-{i}"), sender: "owner@customer.test"));
            _box.DeliverDone(roots[i].Bytes);
        }

        var mails = new List<TestMail>[workers];
        int replies = 0, duplicates = 0;
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            mails[worker] = [];
            for (int i = 0; i < each; i++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"mail-{worker}-{i}");
                switch (i % 4)
                {
                    case 0:
                        mails[worker].Add(DeliverUntilDone(TestMail.Create(id, fileSizes: i % 8 == 0 ? [3000] : null)));
                        break;
                    case 1 or 2:
                        mails[worker].Add(DeliverUntilDone(TestMail.Create(id, roots[(worker + i) % Threads].MessageId, sender: "owner@customer.test")));
                        Interlocked.Increment(ref replies);
                        break;
                    default:
                        // The same mail is on its way in every process at about the same time.
                        DeliverUntilDone(TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"same-{i}")));
                        Interlocked.Increment(ref duplicates);
                        break;
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var same = Enumerable.Range(0, each).Where(i => i % 4 == 3)
            .Select(i => TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"same-{i}"))).ToList();
        var all = roots.Concat(same).Concat(mails.SelectMany(list => list)).ToList();
        Assert.True(replies > 0 && duplicates > same.Count);
        desk.AssertHolds(all, all.Count - replies);
        Assert.Equal(Threads, desk.Rows(
            "SELECT h.id FROM ost_thread h JOIN ost_thread_entry e ON e.thread_id = h.id GROUP BY h.id HAVING COUNT(*) > 1").Count);
        Assert.Equal(1, desk.Number("SELECT COUNT(*) FROM ost_user_email WHERE address = 'owner@customer.test'"));
    }

    private TestMail DeliverUntilDone(TestMail mail)
    {
        int exitCode;
        while ((exitCode = _box.Deliver(mail.Bytes)) != 0)
            Assert.Equal(75, exitCode);
        return mail;
    }
}
