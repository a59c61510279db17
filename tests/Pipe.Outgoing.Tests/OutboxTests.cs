namespace Pipe.Outgoing;

public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _scripts = new();
    private readonly FakeClock _clock = new();
    private readonly List<HandOver> _reports = [];

    public void Dispose()
    {
        _folder.Dispose();
        _scripts.Dispose();
    }

    [Fact]
    public void SendReleased_hands_over_each_mail_once_with_sender_and_recipient_as_arguments()
    {
        var sendmail = SendmailScript.Create(_scripts.Path);
        using var outbox = Open(sendmail.Program);
        outbox.Stage(Mails.Cause, [Mails.Autoresponse, Mails.Alert]).Release();
        outbox.SendReleased();
        outbox.SendReleased();
        Assert.Equal(0, outbox.SendDue(10));

        Assert.Equal(
            [["-fsupport@acme.test", "-i", "jane@example.test"], ["-fsupport@acme.test", "-i", "bob@acme.test"]], sendmail.Arguments);
        Assert.StartsWith("From: Support <support@acme.test>", sendmail.Messages[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', sendmail.Messages[0]);
        Assert.Equal([HandOverOutcome.Sent, HandOverOutcome.Sent], _reports.Select(report => report.Outcome));
        Assert.Empty(Files());
    }

    [Fact]
    public void Stage_sends_nothing_and_its_disposal_forgets_the_mails()
    {
        var sendmail = SendmailScript.Create(_scripts.Path);
        using var outbox = Open(sendmail.Program);
        var staged = outbox.Stage(Mails.Cause, [Mails.Autoresponse]);
        outbox.SendReleased();
        Assert.Single(Files());
        staged.Dispose();

        Assert.Empty(Files());
        Assert.Empty(sendmail.Messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Recover_releases_what_was_committed_and_forgets_the_rest_once_no_commit_can_be_under_way(bool isCommitted)
    {
        var sendmail = SendmailScript.Create(_scripts.Path);
        using (var outbox = Open(sendmail.Program))
            outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Leave();

        using var later = Open(sendmail.Program);
        Assert.True(later.HasStaged);
        var asked = new List<(string, long)>();
        int released = later.Recover(IsCommitted);
        later.SendDue(10);

        Assert.Equal([("<cause@example.test>", 42L)], asked);
        Assert.Equal(isCommitted ? 0 : 1, Files().Count);
        _clock.Now += TimeSpan.FromMinutes(10);
        Assert.Equal(0, later.Recover(IsCommitted));
        Assert.Equal(isCommitted ? 1 : 0, released);
        Assert.Equal(isCommitted ? 1 : 0, sendmail.Messages.Count);
        Assert.Empty(Files());

        bool IsCommitted(string id, long entry)
        {
            asked.Add((id, entry));
            return isCommitted;
        }
    }

    [Fact]
    public void Recover_leaves_alone_what_a_living_process_holds()
    {
        using var outbox = Open(SendmailScript.Create(_scripts.Path).Program);
        using var staged = outbox.Stage(Mails.Cause, [Mails.Autoresponse]);
        using var other = Open("/nowhere");

        Assert.Equal(0, other.Recover((_, _) => throw new InvalidOperationException("asked")));
        Assert.Single(Files());
    }

    [Fact]
    public void SendReleased_keeps_what_sendmail_refuses_and_a_later_run_sends_it()
    {
        var refusing = SendmailScript.Create(_scripts.Path, "echo 'queue file write error' >&2; exit 75");
        using (var outbox = Open(refusing.Program))
        {
            outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Release();
            outbox.SendReleased();
        }

        Assert.Equal(HandOverOutcome.Failed, _reports.Single().Outcome);
        Assert.Contains("75: queue file write error", _reports.Single().Detail, StringComparison.Ordinal);

        using var working = new TemporaryFolder();
        var sendmail = SendmailScript.Create(working.Path);
        using var later = Open(sendmail.Program);
        Assert.Equal(0, later.SendDue(10));
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(1, later.SendDue(10));
        Assert.Single(sendmail.Messages);
        Assert.Empty(Files());
    }

    [Fact]
    public void SendDue_waits_longer_each_time_and_gives_up_in_the_end()
    {
        var refusing = SendmailScript.Create(_scripts.Path, "exit 1");
        using var outbox = Open(refusing.Program, options => options with { MaxAge = TimeSpan.FromMinutes(14) });
        outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Release();
        outbox.SendReleased();
        foreach (int minutes in (ReadOnlySpan<int>)[2, 4, 8])
        {
            _clock.Now += TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1);
            Assert.Equal(0, outbox.SendDue(10));
            _clock.Now += TimeSpan.FromSeconds(1);
            Assert.Equal(1, outbox.SendDue(10));
        }

        _clock.Now += TimeSpan.FromDays(30);
        Assert.Equal(0, outbox.SendDue(10));
        Assert.Equal(HandOverOutcome.GivenUp, _reports[^1].Outcome);
        Assert.StartsWith(Path.Combine(_folder.Path, "stuck"), Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public void SendDue_does_not_send_again_what_a_process_died_over()
    {
        string program = SendmailScript.Create(_scripts.Path).Program;
        using (var outbox = Open(program, options => options with { KeepsOnly = true }))
        {
            outbox.Stage(Mails.Cause, [Mails.Autoresponse, Mails.Alert]).Release();
            outbox.SendReleased();
        }

        // What a kill between the mark and the answer of sendmail leaves behind.
        string file = Assert.Single(Files());
        byte[] content = File.ReadAllBytes(file);
        Assert.Equal("WW"u8, content.AsSpan("pipe-outbox 1\n".Length, 2));
        content["pipe-outbox 1\n".Length] = (byte)'S';
        File.WriteAllBytes(file, content);

        using var later = Open(program);
        later.SendDue(10);

        Assert.Equal([HandOverOutcome.Uncertain, HandOverOutcome.Sent], _reports.Select(report => report.Outcome));
        Assert.Equal("jane@example.test", _reports[0].Recipient);
        Assert.StartsWith(Path.Combine(_folder.Path, "stuck"), Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public void SendReleased_does_not_send_again_what_a_hanging_sendmail_may_have_sent()
    {
        var hanging = SendmailScript.Create(_scripts.Path, "sleep 3");
        using var outbox = Open(hanging.Program, options => options with { SendmailTimeout = TimeSpan.FromMilliseconds(300) });
        outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Release();
        outbox.SendReleased();
        _clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(0, outbox.SendDue(10));
        Assert.Equal(HandOverOutcome.Uncertain, _reports.Single().Outcome);
    }

    [Fact]
    public void SendReleased_reports_a_sendmail_that_is_not_there()
    {
        using var outbox = Open(Path.Combine(_scripts.Path, "missing"));
        outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Release();
        outbox.SendReleased();

        Assert.Equal(HandOverOutcome.Failed, _reports.Single().Outcome);
        Assert.Contains("cannot be started", _reports.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void SendReleased_stops_answering_an_address_that_has_had_enough_within_the_hour()
    {
        var sendmail = SendmailScript.Create(_scripts.Path);
        using var outbox = Open(sendmail.Program, options => options with { AutorepliesPerHour = 3 });
        for (int i = 0; i < 5; i++)
            outbox.Stage(Mails.Cause, [Mails.Autoresponse with { Recipient = new Correspondent(i % 2 == 0 ? "JANE@example.test" : "jane@example.test", "") }]).Release();
        outbox.SendReleased();
        Assert.Equal(3, sendmail.Messages.Count);
        Assert.Equal(2, _reports.Count(report => report.Outcome == HandOverOutcome.Suppressed));

        // Others, and notices, count for themselves; and the hour passes.
        outbox.Stage(Mails.Cause, [Mails.Alert with { Recipient = Mails.Autoresponse.Recipient }]).Release();
        outbox.SendReleased();
        Assert.Equal(4, sendmail.Messages.Count);
        _clock.Now += TimeSpan.FromMinutes(61);
        outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Release();
        outbox.SendReleased();
        Assert.Equal(5, sendmail.Messages.Count);
        Assert.Empty(Files());
    }

    [Fact]
    public void SendDue_passes_over_files_that_are_no_batches()
    {
        using var outbox = Open(SendmailScript.Create(_scripts.Path).Program);
        outbox.Stage(Mails.Cause, [Mails.Autoresponse]).Release();
        outbox.SendReleased();
        foreach (string content in (string[])["", "pipe-outbox 1\n", "pipe-outbox 1\nW\n{}\n", "pipe-outbox 1\nW\n{\"messageId\":1,\"entry\":2,\"mails\":[{}]}\n", "hello"])
            File.WriteAllText(Path.Combine(_folder.Path, "due", $"0000000001.0.{content.Length}"), content);

        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder.Path, "due", "0000000002.0.x")))
            mkfifo.WaitForExit();

        Assert.Equal(0, outbox.SendDue(10));
        Assert.Equal(6, Files().Count);

        // And they hold nothing up.
        outbox.Stage(Mails.Cause, [Mails.Alert]).Release();
        outbox.SendReleased();
        using var failing = Open(Path.Combine(_scripts.Path, "missing"));
        failing.Stage(Mails.Cause, [Mails.Alert]).Release();
        failing.SendReleased();
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(1, outbox.SendDue(1));
        Assert.Equal(6, Files().Count);
    }

    [Fact]
    public void A_mail_that_cannot_be_written_for_sendmail_is_tried_again()
    {
        var sendmail = SendmailScript.Create(_scripts.Path);
        using var outbox = Open(sendmail.Program);
        outbox.Stage(Mails.Cause, [Mails.Alert]).Release();
        string temporary = Path.Combine(_folder.Path, "tmp");
        Directory.Delete(temporary);
        outbox.SendReleased();

        Assert.Equal(HandOverOutcome.Failed, _reports.Single().Outcome);
        Assert.Empty(sendmail.Messages);
        Directory.CreateDirectory(temporary);
        _clock.Now += TimeSpan.FromMinutes(2);
        outbox.SendDue(10);
        Assert.Single(sendmail.Messages);
    }

    [Fact]
    public void Who_cannot_count_mails_sends_them()
    {
        var sendmail = SendmailScript.Create(_scripts.Path);
        using var outbox = Open(sendmail.Program);
        outbox.Stage(Mails.Cause, [Mails.Alert]).Release();
        Directory.Delete(Path.Combine(_folder.Path, "rates"));
        outbox.SendReleased();

        Assert.Single(sendmail.Messages);
    }

    [Fact]
    public void Nobody_else_may_read_the_mails()
    {
        using var outbox = Open("/nowhere");
        using var staged = outbox.Stage(Mails.Cause, [Mails.Alert]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Files())));
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.All(Directory.GetDirectories(_folder.Path), folder => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & Others));
    }

    [Fact]
    public void Two_processes_never_send_the_same_mail()
    {
        string reading = Path.Combine(_scripts.Path, "sendmail");
        File.WriteAllText(reading, "#!/bin/sh\nexec cat > /dev/null\n");
        File.SetUnixFileMode(reading, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using (var outbox = Open(reading, options => options with { KeepsOnly = true }))
        {
            for (int i = 0; i < 20; i++)
                outbox.Stage(Mails.Cause, [Mails.Alert]).Release();
            outbox.SendReleased();
        }

        using var first = Open(reading);
        using var second = Open(reading);
        Parallel.Invoke(() => first.SendDue(100), () => second.SendDue(100));

        Assert.Equal(20, _reports.Count(report => report.Outcome == HandOverOutcome.Sent));
        Assert.Empty(Files());
    }

    private Outbox Open(string sendmail, Func<OutboxOptions, OutboxOptions>? change = null)
    {
        var options = new OutboxOptions
        {
            Folder = _folder.Path,
            Sendmail = sendmail,
            Clock = _clock,
            OnHandOver = report =>
            {
                lock (_reports)
                    _reports.Add(report);
            },
        };
        return new Outbox(change?.Invoke(options) ?? options);
    }

    private List<string> Files() => [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/rates/", StringComparison.Ordinal))];
}
