namespace Pipe.Store.Tests;

/// <summary>Many deliveries at the same moment, each with a connection of its own, as many processes have.</summary>
public abstract class ConcurrencyTests
{
    private const int Writers = 16;
    private const int MailsEach = 50;

    protected abstract StoreUnderTest NewStore();

    [SkippableFact]
    public void New_tickets_replies_and_duplicates_from_sixteen_writers_are_all_there_once()
    {
        var desk = NewStore();
        var first = Mails.From("joe@example.net");
        desk.Stored(first);
        var twice = Enumerable.Range(0, MailsEach).Select(i => Mails.From($"twin{i / 5 % 5}@example.net")).ToArray();

        // Of each writer's mails some open tickets, some answer the same thread, and some are sent by all writers.
        var results = InParallel(desk, (writer, i) => (i % 5) switch
        {
            0 or 1 => Mails.From($"user{i % 10}@example.net", $"From {writer}"),
            2 or 3 => Mails.From("joe@example.net", "Re: Coffee") with { InReplyTo = first.MessageId },
            _ => twice[i],
        });

        int shared = MailsEach / 5;
        int tickets = 1 + (Writers * MailsEach * 2 / 5) + shared;
        int replies = Writers * MailsEach * 2 / 5;
        Assert.Equal(Writers * shared - shared, results.Count(result => result.As == StoredAs.Duplicate));
        Assert.Equal($"{tickets}", desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE status_id = 1"));
        Assert.Equal($"{tickets}", desk.Row("SELECT COUNT(DISTINCT number) FROM ost_ticket"));
        Assert.Equal($"{tickets + replies}", desk.Row("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id > 0"));
        Assert.Equal($"{1 + replies}", desk.Row("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id = 1"));
        Assert.Equal($"{tickets + replies}", desk.Row("SELECT COUNT(DISTINCT mid) FROM ost_thread_entry_email"));
        Assert.Equal("10", desk.Row("SELECT COUNT(*) FROM ost_user"));
        Assert.Equal("10", desk.Row("SELECT COUNT(*) FROM ost_user_email WHERE user_id > 0"));
    }

    [SkippableFact]
    public void Numbers_from_a_sequence_are_unique_and_without_gaps()
    {
        var desk = NewStore();
        desk.Set("ticket_sequence_id", "1");
        desk.Set("ticket_number_format", "####");

        InParallel(desk, (writer, i) => i < 10 ? Mails.From($"user{writer}@example.net") : null);

        Assert.Equal("160|0001|0160", desk.Row("SELECT COUNT(DISTINCT number), MIN(number), MAX(number) FROM ost_ticket"));
    }

    private static List<DeliveryResult.Stored> InParallel(StoreUnderTest desk, Func<int, int, InboundMail?> mailOf)
    {
        var results = new List<DeliveryResult.Stored>[Writers];
        var threads = new Thread[Writers];
        Exception? failure = null;
        for (int w = 0; w < Writers; w++)
        {
            int writer = w;
            results[writer] = [];
            threads[writer] = new Thread(() =>
            {
                for (int i = 0; i < MailsEach && failure is null; i++)
                {
                    if (mailOf(writer, i) is not { } mail)
                        continue;
                    if (desk.Deliver(mail) is DeliveryResult.Stored stored)
                        results[writer].Add(stored);
                    else
                        failure = new InvalidOperationException($"writer {writer}, mail {i}: {desk.Deliver(mail)}");
                }
            });
            threads[writer].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.Null(failure);
        return [.. results.SelectMany(list => list)];
    }
}
