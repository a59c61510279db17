using System.Text;

namespace Pipe.Spool.Tests;

public sealed class SpoolRunnerTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly SetClock _clock = new();
    private readonly MessageFolder _spool;
    private readonly MessageFolder _quarantine;
    private readonly List<SpoolAttempt> _attempts = [];

    public SpoolRunnerTests()
    {
        _spool = new MessageFolder(_root["spool"]);
        _quarantine = new MessageFolder(_root["quarantine"]);
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task RunAsync_delivers_bytes_and_envelope_and_empties_the_spool()
    {
        Keep(3);
        var delivery = new FakeDelivery(FakeDelivery.Stored);

        var run = await Runner().RunAsync(delivery, 10, default);

        Assert.Equal(3, run.Delivered);
        Assert.Empty(_spool.Ids());
        Assert.Equal([Messages.Mail(0), Messages.Mail(1), Messages.Mail(2)], delivery.Messages);
        Assert.All(delivery.Envelopes, envelope => Assert.Equal("help@example.test", envelope.Recipient));
        Assert.All(_attempts, attempt => Assert.Equal(SpoolFate.Delivered, attempt.Fate));
    }

    [Fact]
    public async Task RunAsync_makes_no_more_attempts_than_allowed()
    {
        Keep(5);
        var run = await Runner().RunAsync(new FakeDelivery(FakeDelivery.Stored), 2, default);

        Assert.Equal(2, run.Delivered);
        Assert.Equal(3, _spool.Ids().Count);
    }

    [Fact]
    public async Task RunAsync_stops_at_the_first_message_when_the_store_is_down()
    {
        Keep(3);
        var delivery = new FakeDelivery(FakeDelivery.Down);

        var run = await Runner().RunAsync(delivery, 10, default);

        Assert.Single(delivery.Messages);
        Assert.Equal("the store is down", run.Stopped?.Reason);
        var tried = _spool.Find(_spool.Ids()[0])!.Record;
        Assert.Equal((1, 0, "the store is down"), (tried.Attempts, tried.Failures, tried.Reason));
    }

    [Fact]
    public async Task RunAsync_waits_longer_after_every_attempt_and_never_longer_than_the_limit()
    {
        Keep(1);
        var options = new SpoolOptions { FirstDelay = TimeSpan.FromMinutes(1), MaxDelay = TimeSpan.FromMinutes(8) };
        var delays = new List<double>();
        for (int i = 0; i < 6; i++)
        {
            await Runner(options).RunAsync(new FakeDelivery(FakeDelivery.Down), 1, default);
            var record = _spool.Find(_spool.Ids()[0])!.Record;
            delays.Add((record.NextAttempt!.Value - _clock.Now).TotalMinutes);
            _clock.Now = record.NextAttempt.Value;
        }

        Assert.Collection(delays, Between(1), Between(2), Between(4), Between(8), Between(8), Between(8));

        static Action<double> Between(int minutes) => delay => Assert.InRange(delay, minutes, minutes * 1.25);
    }

    [Fact]
    public async Task RunAsync_leaves_a_message_alone_until_it_is_due_unless_it_is_named()
    {
        Keep(1);
        await Runner().RunAsync(new FakeDelivery(FakeDelivery.Down), 1, default);

        var delivery = new FakeDelivery(FakeDelivery.Stored);
        Assert.Equal(0, (await Runner().RunAsync(delivery, 1, default)).Delivered);
        Assert.Equal(1, (await Runner().RunAsync(delivery, _spool.Ids(), default)).Delivered);
    }

    [Fact]
    public async Task A_message_that_fails_for_its_own_sake_does_not_stop_the_others()
    {
        Keep(3);
        var run = await Runner().RunAsync(new FakeDelivery(n => n == 1 ? FakeDelivery.Broken : FakeDelivery.Stored), 10, default);

        Assert.Equal((2, 1), (run.Delivered, run.Waiting));
        Assert.Single(_spool.Ids());
    }

    [Fact]
    public async Task A_message_that_fails_for_its_own_sake_five_times_goes_to_the_quarantine_with_a_ticket()
    {
        Keep(1);
        var notices = new FakeDelivery(FakeDelivery.Stored);
        for (int i = 0; i < 5; i++)
        {
            Assert.Empty(_quarantine.Ids());
            await Runner(notices: notices).RunAsync(new FakeDelivery(FakeDelivery.Broken), 1, default);
            _clock.Now += TimeSpan.FromDays(1);
        }

        Assert.Empty(_spool.Ids());
        var kept = _quarantine.Find(Assert.Single(_quarantine.Ids()))!;
        Assert.Equal("failed 5 times, the last time: an error of ours", kept.Record.Reason);
        Assert.Equal("123456", kept.Record.TicketNumber);
        Assert.Equal(Messages.Mail(0), await File.ReadAllTextAsync(kept.Path));
        Assert.Equal(SpoolFate.Quarantined, _attempts[^1].Fate);

        string notice = Assert.Single(notices.Messages);
        Assert.StartsWith("From: <a@example.test>\r\nTo: <help@example.test>\r\n", notice, StringComparison.Ordinal);
        Assert.Contains("\r\nAuto-Submitted: auto-generated\r\n", notice, StringComparison.Ordinal);
        string[] parts = notice.Split("--=_quarantine\r\n");
        Assert.Contains("an error of ours", Decode(parts[1]), StringComparison.Ordinal);
        Assert.Equal(Messages.Mail(0), Decode(parts[2]));
    }

    [Fact]
    public async Task A_store_that_is_down_for_long_never_sends_a_message_to_the_quarantine()
    {
        Keep(1);
        for (int i = 0; i < 50; i++)
        {
            await Runner().RunAsync(new FakeDelivery(FakeDelivery.Down), 1, default);
            _clock.Now += TimeSpan.FromDays(1);
        }

        Assert.Equal(50, _spool.Find(_spool.Ids()[0])!.Record.Attempts);
        Assert.Empty(_quarantine.Ids());
    }

    [Fact]
    public async Task A_message_that_can_never_be_accepted_goes_to_the_quarantine_at_once()
    {
        Keep(1);
        var run = await Runner(notices: new FakeDelivery(FakeDelivery.Down))
            .RunAsync(new FakeDelivery(new DeliveryResult.Unacceptable("the API refuses it")), 1, default);

        Assert.Equal(1, run.Quarantined);
        Assert.Empty(_spool.Ids());
        var kept = _quarantine.Find(_quarantine.Ids()[0])!;
        Assert.Equal("the API refuses it", kept.Record.Reason);
        Assert.Null(kept.Record.TicketNumber);
    }

    [Fact]
    public async Task A_message_stays_in_the_spool_when_the_quarantine_cannot_be_written()
    {
        Keep(1);
        await File.WriteAllTextAsync(_root["quarantine"], "");

        await Assert.ThrowsAsync<SpoolException>(async () => await Runner().RunAsync(
            new FakeDelivery(new DeliveryResult.Unacceptable("never")), 1, default));
        Assert.Single(_spool.Ids());
    }

    [Fact]
    public async Task A_message_whose_delivery_ends_the_process_goes_to_the_quarantine_after_five_times()
    {
        Keep(1);
        for (int i = 0; i < 5; i++)
        {
            // What is on the disk at the moment the process ends is what the next process finds.
            var kept = _spool.Find(_spool.Ids()[0])!;
            MessageRecord? atDeath = null;
            var delivery = new FakeDelivery(_ =>
            {
                atDeath = _spool.Find(kept.Id)!.Record;
                return FakeDelivery.Down;
            });
            await Runner().RunAsync(delivery, _spool.Ids(), default);
            _spool.Update(kept, atDeath!);
        }

        var untouched = new FakeDelivery(FakeDelivery.Stored);
        var run = await Runner().RunAsync(untouched, _spool.Ids(), default);

        Assert.Empty(untouched.Messages);
        Assert.Equal(1, run.Quarantined);
        Assert.Contains("ended the process", _quarantine.Find(_quarantine.Ids()[0])!.Record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_in_the_spool_goes_to_the_quarantine()
    {
        Directory.CreateDirectory(_spool.Path);
        await File.WriteAllTextAsync(Path.Combine(_spool.Path, "empty.eml"), "");

        Assert.Equal(1, (await Runner().RunAsync(new FakeDelivery(FakeDelivery.Stored), 1, default)).Quarantined);
    }

    [Fact]
    public async Task Cancellation_keeps_the_message_and_counts_nothing()
    {
        Keep(1);
        using var source = new CancellationTokenSource();
        var delivery = new FakeDelivery(_ =>
        {
            source.Cancel();
            throw new OperationCanceledException(source.Token);
        });

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await Runner().RunAsync(delivery, 1, source.Token));

        Assert.Equal((0, 0), (_spool.Find(_spool.Ids()[0])!.Record.Attempts, _spool.Find(_spool.Ids()[0])!.Record.Failures));
    }

    [Fact]
    public async Task RunAsync_does_nothing_while_all_slots_are_taken()
    {
        Keep(1);
        using var first = _spool.TryLockSlot(0);
        using var second = _spool.TryLockSlot(1);

        var run = await Runner().RunAsync(new FakeDelivery(FakeDelivery.Stored), 1, default);

        Assert.True(run.Busy);
        Assert.Single(_spool.Ids());
    }

    [Fact]
    public async Task RunAsync_skips_a_message_that_another_process_has_at_hand()
    {
        Keep(2);
        using var other = _spool.TryLock(_spool.Ids()[0]);

        Assert.Equal(1, (await Runner().RunAsync(new FakeDelivery(FakeDelivery.Stored), 10, default)).Delivered);
        Assert.Single(_spool.Ids());
    }

    private static string Decode(string part)
    {
        string content = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        int end = content.IndexOf("--", StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Convert.FromBase64String(end < 0 ? content : content[..end]));
    }

    private SpoolRunner Runner(SpoolOptions? options = null, IDelivery? notices = null) =>
        new(_spool, _quarantine, options ?? new SpoolOptions(), _clock) { Attempted = _attempts.Add, Notices = notices };

    private void Keep(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var message = Messages.Raw(Messages.Mail(i));
            _spool.Keep(message, new MessageRecord
            {
                Envelope = new Envelope("a@example.test", "help@example.test"),
                Arrived = _clock.Now.AddSeconds(i - 100),
                Reason = "the store was down",
            });
        }
    }
}
