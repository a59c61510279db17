namespace Pipe.Store.Tests;

/// <summary>Many deliveries at the same moment, each with a connection of its own, as many processes have.</summary>
public abstract class ConcurrencyTests
{
    private const int Writers = 16;
    private const int MailsEach = 50;

    protected abstract StoreUnderTest NewStore();

    [Fact]
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

    [Fact]
    public void Numbers_from_a_sequence_are_unique_and_without_gaps()
    {
        var desk = NewStore();
        desk.Set("ticket_sequence_id", "1");
        desk.Set("ticket_number_format", "####");

        InParallel(desk, (writer, i) => i < 10 ? Mails.From($"user{writer}@example.net") : null);

        Assert.Equal("160|0001|0160", desk.Row("SELECT COUNT(DISTINCT number), MIN(number), MAX(number) FROM ost_ticket"));
    }

    [Fact]
    public void Mails_with_the_same_new_people_in_cc_create_each_of_them_once()
    {
        var desk = NewStore();
        MailRecipient[] people = [.. Enumerable.Range(0, 60).Select(i => new MailRecipient(RecipientField.Cc, $"p{i}@example.org", $"P {i}"))];

        InParallel(desk, (writer, i) => i < 4
            ? Mails.From($"user{writer}@example.net") with { Recipients = [new(RecipientField.To, "support@acme.test", ""), .. people.Skip(i * 10), .. people.Take(writer)] }
            : null);

        Assert.Equal("76|76|76", desk.Row("SELECT COUNT(*), COUNT(DISTINCT default_email_id), (SELECT COUNT(*) FROM ost_user_email WHERE user_id > 0) FROM ost_user"));
        Assert.Equal("76", desk.Row("SELECT COUNT(DISTINCT object_id) FROM ost_form_entry WHERE object_type = 'U'"));
        Assert.Equal("64", desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE status_id = 1"));
    }

    [Fact]
    public void Mails_without_message_id_and_with_one_header_are_each_there_once()
    {
        var desk = NewStore();

        InParallel((writer, i) => i < 10 ? $"From: scanner@example.net\nSubject: Report\n\npump {i / 2} of {writer % 4} leaks\n" : null, desk.Deliver);

        Assert.Equal("20|20", desk.Row("SELECT COUNT(*), COUNT(DISTINCT body) FROM ost_thread_entry WHERE thread_id > 0"));
        Assert.Equal("20", desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE status_id = 1"));
    }

    private static List<DeliveryResult.Stored> InParallel(StoreUnderTest desk, Func<int, int, InboundMail?> mailOf) =>
        InParallel(mailOf, mail => desk.Deliver(mail));

    private static List<DeliveryResult.Stored> InParallel<T>(Func<int, int, T?> mailOf, Func<T, DeliveryResult> deliver)
        where T : class
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
                    var result = deliver(mail);
                    if (result is DeliveryResult.Stored stored)
                        results[writer].Add(stored);
                    else
                        failure = new InvalidOperationException($"writer {writer}, mail {i}: {result}");
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
