namespace Pipe.Spool.Tests;

public sealed class MessageImportTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public MessageImportTests()
    {
        Directory.CreateDirectory(_root["mail"]);
        for (int i = 0; i < 5; i++)
            File.WriteAllText(_root[$"mail/{i}.eml"], Messages.Mail(i));
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task RunAsync_delivers_every_message_and_counts_what_became_of_it()
    {
        var delivery = new FakeDelivery(n => n switch
        {
            1 => FakeDelivery.Stored,
            2 => new DeliveryResult.Stored("1", StoredAs.Reply),
            3 => new DeliveryResult.Stored("1", StoredAs.Duplicate),
            4 => new DeliveryResult.Refused("banned"),
            _ => new DeliveryResult.Unacceptable("never"),
        });

        var summary = await ImportAsync(delivery);

        Assert.Equal(Enumerable.Range(0, 5).Select(Messages.Mail), delivery.Messages);
        Assert.Equal(
            (1, 1, 1, 1, 1, 5),
            (summary.NewTickets, summary.Entries, summary.Duplicates, summary.Refused, summary.Quarantined, summary.Total));
        Assert.Empty(Directory.GetFiles(_root["journal"]));
    }

    [Fact]
    public async Task RunAsync_goes_on_after_an_interruption_where_it_was()
    {
        using var source = new CancellationTokenSource();
        var interrupted = new FakeDelivery(n =>
        {
            if (n == 3)
                source.Cancel();
            source.Token.ThrowIfCancellationRequested();
            return FakeDelivery.Stored;
        });
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await ImportAsync(interrupted, cancellationToken: source.Token));

        var delivery = new FakeDelivery(FakeDelivery.Stored);
        var summary = await ImportAsync(delivery);

        Assert.Equal([Messages.Mail(2), Messages.Mail(3), Messages.Mail(4)], delivery.Messages);
        Assert.Equal((3, 2), (summary.NewTickets, summary.DoneBefore));
    }

    [Fact]
    public async Task RunAsync_into_another_destination_begins_anew()
    {
        await ImportAsync(new FakeDelivery(n => n == 3 ? FakeDelivery.Down : FakeDelivery.Stored), "store a");
        var delivery = new FakeDelivery(FakeDelivery.Stored);
        await ImportAsync(delivery, "store b");

        Assert.Equal(5, delivery.Messages.Count);
    }

    [Fact]
    public async Task RunAsync_forgets_half_a_line_of_a_process_that_was_killed()
    {
        await ImportAsync(new FakeDelivery(n => n == 3 ? FakeDelivery.Down : FakeDelivery.Stored));
        string journal = Assert.Single(Directory.GetFiles(_root["journal"]));
        await File.AppendAllTextAsync(journal, "0123456789");

        var summary = await ImportAsync(new FakeDelivery(n => n == 2 ? FakeDelivery.Down : FakeDelivery.Stored));
        Assert.Equal((1, 2), (summary.NewTickets, summary.DoneBefore));
        Assert.All((await File.ReadAllLinesAsync(journal))[1..], line => Assert.Equal(32, line.Length));
    }

    [Fact]
    public async Task RunAsync_stops_when_the_store_takes_nothing_for_long()
    {
        var delivery = new FakeDelivery(FakeDelivery.Down);
        var summary = await ImportAsync(delivery, delays: [TimeSpan.Zero, TimeSpan.Zero]);

        Assert.Equal("the store is down", summary.Stopped);
        Assert.Equal(3, delivery.Messages.Count);
    }

    [Fact]
    public async Task RunAsync_tries_again_when_the_store_is_away_for_a_moment()
    {
        var summary = await ImportAsync(new FakeDelivery(n => n == 2 ? FakeDelivery.Down : FakeDelivery.Stored), delays: [TimeSpan.Zero]);
        Assert.Equal(5, summary.NewTickets);
    }

    [Fact]
    public async Task RunAsync_goes_on_after_a_message_that_fails_for_its_own_sake_and_tries_it_again_the_next_time()
    {
        await File.WriteAllTextAsync(_root["mail/0.eml"], "");
        var summary = await ImportAsync(new FakeDelivery(n => n == 2 ? FakeDelivery.Broken : FakeDelivery.Stored));
        Assert.Equal((3, 2), (summary.NewTickets, summary.Failed));

        var again = new FakeDelivery(FakeDelivery.Stored);
        summary = await ImportAsync(again);
        Assert.Equal([Messages.Mail(2)], again.Messages);
        Assert.Equal((1, 3, 1), (summary.NewTickets, summary.DoneBefore, summary.Failed));
    }

    [Fact]
    public async Task The_same_message_for_two_recipients_is_two_deliveries()
    {
        await File.WriteAllTextAsync(_root["mail/1.eml"], "Delivered-To: a@example.test\n" + Messages.Mail(0));
        await File.WriteAllTextAsync(_root["mail/2.eml"], "Delivered-To: b@example.test\n" + Messages.Mail(0));

        var summary = await ImportAsync(new FakeDelivery(FakeDelivery.Stored), envelopeOf: message =>
        {
            using var reader = new StreamReader(message.OpenContent());
            string line = reader.ReadLine()!;
            return new Envelope(Recipient: line.StartsWith("Delivered-To: ", StringComparison.Ordinal) ? line[14..] : null);
        });

        Assert.Equal(5, summary.NewTickets);
    }

    [Fact]
    public async Task Two_runs_of_the_same_import_at_the_same_time_are_refused()
    {
        using var first = ImportJournal.Open(_root["journal"], _root["mail"], "a store");
        await Assert.ThrowsAsync<SpoolException>(async () => await ImportAsync(new FakeDelivery(FakeDelivery.Stored)));
    }

    [Fact]
    public async Task Progress_ends_at_the_total()
    {
        var progress = new List<long>();
        using var journal = ImportJournal.Open(_root["journal"], _root["mail"], "a store");
        var import = new MessageImport(
            MessageSource.Open(_root["mail"], MboxQuoting.Auto), new FakeDelivery(FakeDelivery.Stored), journal, TimeProvider.System)
        {
            Progressed = p => progress.Add(p.Position * 100 / p.Total),
        };
        await import.RunAsync(default);

        Assert.Equal([20, 40, 60, 80, 100], progress);
    }

    private async Task<ImportSummary> ImportAsync(
        FakeDelivery delivery,
        string destination = "a store",
        IReadOnlyList<TimeSpan>? delays = null,
        Func<RawMessage, Envelope>? envelopeOf = null,
        CancellationToken cancellationToken = default)
    {
        using var journal = ImportJournal.Open(_root["journal"], _root["mail"], destination);
        var import = new MessageImport(MessageSource.Open(_root["mail"], MboxQuoting.Auto), delivery, journal, TimeProvider.System)
        {
            Delays = delays ?? [],
            EnvelopeOf = envelopeOf ?? (_ => new Envelope()),
        };
        return await import.RunAsync(cancellationToken);
    }
}
