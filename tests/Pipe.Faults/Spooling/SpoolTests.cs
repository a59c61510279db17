using System.Globalization;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Spooling;

/// <summary>The spool of the published executable.</summary>
public sealed class SpoolTests : IDisposable
{
    private const string Nowhere = "/proc/no/such/folder/pipe.db";
    private readonly PipeBox _box = new();
    private readonly SqliteDesk _desk;

    public SpoolTests()
    {
        _desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        _desk.Configure(_box.Environment);
        _box.Environment["PIPE_LOCK_TIMEOUT"] = "1";
    }

    private string Spool => Path.Combine(_box.DataFolder, "spool");

    private string Quarantine => Path.Combine(_box.DataFolder, "quarantine");

    public void Dispose()
    {
        _desk.Dispose();
        _box.Dispose();
    }

    [Fact]
    public void By_default_a_mail_that_cannot_be_stored_waits_with_the_mail_system()
    {
        _box.Environment["PIPE_STORE"] = Nowhere;
        Assert.Equal(75, _box.Deliver(Mail(1).Bytes));
        Assert.False(Directory.Exists(Spool));
    }

    [Theory]
    [InlineData("after-store")]
    [InlineData("after-spool")]
    [InlineData("auto")]
    public void With_the_spool_on_it_is_kept_and_answered_for_and_stored_later(string answer)
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_ANSWER"] = answer;
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone(Mail(1).Bytes);
        _box.DeliverDone(Mail(1).Bytes);       // brought again: kept once
        _box.AssertLogged("outcome=spooled", "exit=0", "spool=");
        string kept = Assert.Single(Directory.GetFiles(Spool, "*.eml"));
        Assert.Equal(Mail(1).Bytes, File.ReadAllBytes(kept));

        _box.Environment["PIPE_STORE"] = _desk.StoreFile;
        Assert.Equal((0, "1 delivered, 0 still waiting, 0 to the quarantine\n"), _box.Command("spool", "retry", "--all"));
        Assert.Empty(Directory.GetFiles(Spool, "*.eml"));
        _desk.AssertHolds([Mail(1)], 1);
    }

    [Fact]
    public void With_the_spool_on_mail_that_can_be_stored_does_not_stay_in_it()
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        foreach (string answer in (string[])["after-store", "after-spool"])
        {
            _box.Environment["PIPE_ANSWER"] = answer;
            _box.DeliverDone(TestMail.Create(answer).Bytes);
            _box.AssertLogged("outcome=new-ticket");
        }

        Assert.True(!Directory.Exists(Spool) || Directory.GetFiles(Spool, "*.eml").Length == 0);
    }

    [Fact]
    public void A_caller_without_a_queue_has_its_mail_kept_by_default()
    {
        _box.Environment["PROCMAIL_VERSION"] = "3.22";
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone(Mail(1).Bytes);
        _box.DeliverDone(Mail(2).Bytes, "--no-such-option", "--deadline", "soon");      // whatever is wrong
        Assert.Equal(2, Directory.GetFiles(Spool, "*.eml").Length);
    }

    [Fact]
    public void A_mail_that_SQLite_refuses_for_its_own_sake_ends_in_the_quarantine_and_not_in_a_bounce()
    {
        _box.DeliverDone(Mail(0).Bytes);
        FailsForItsOwnSake(
            _desk, "CREATE TRIGGER refuse BEFORE INSERT ON ost_thread_entry WHEN NEW.title = 'Question spooled-1' BEGIN SELECT RAISE(ABORT, 'no'); END");
    }

    [Fact]
    public void A_mail_that_MariaDB_refuses_for_its_own_sake_ends_in_the_quarantine_and_not_in_a_bounce()
    {
        if (MariaDbServer.SkipReason is { } reason)
            Assert.Skip(reason);
        using var desk = new MariaDbDesk(MariaDbServer.Shared, Path.Combine(_box.Folder, "osticket"));
        _box.Environment.Remove("PIPE_STORE");
        desk.Configure(_box.Environment);
        _box.DeliverDone(Mail(0).Bytes);
        FailsForItsOwnSake(
            desk, "DELIMITER //\nCREATE TRIGGER refuse BEFORE INSERT ON ost_thread_entry FOR EACH ROW IF NEW.title = 'Question spooled-1' THEN SIGNAL SQLSTATE '45000'; END IF//");
    }

    [Fact]
    public void The_envelope_is_kept_with_the_mail()
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone(Mail(1).Bytes, "--sender", "bounce@customer.test", "--rcpt", "support@example.test");
        string id = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Spool, "*.eml")));

        string text = _box.Command("spool", "show", id).Text;
        Assert.Contains("<bounce@customer.test>", text, StringComparison.Ordinal);
        Assert.Contains("support@example.test", text, StringComparison.Ordinal);

        _box.Environment["PIPE_STORE"] = _desk.StoreFile;
        _box.Command("spool", "retry", id);
        Assert.Contains("sender=bounce@customer.test", _box.LogLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_delivery_takes_a_few_waiting_mails_along()
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = Nowhere;
        for (int i = 0; i < 6; i++)
            _box.DeliverDone(Mail(i).Bytes);
        Assert.Equal(6, Directory.GetFiles(Spool, "*.eml").Length);

        _box.Environment["PIPE_STORE"] = _desk.StoreFile;
        _box.DeliverDone(Mail(6).Bytes);
        Assert.Equal(2, Directory.GetFiles(Spool, "*.eml").Length);
        _box.DeliverDone(Mail(7).Bytes);
        Assert.Empty(Directory.GetFiles(Spool, "*.eml"));
        _desk.AssertHolds([.. Enumerable.Range(0, 8).Select(Mail)], 8);
    }

    [Fact]
    public void A_mail_is_not_tried_again_before_its_time()
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_ANSWER"] = "after-spool";
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone(Mail(1).Bytes);

        _box.Environment["PIPE_STORE"] = _desk.StoreFile;
        Assert.Equal((0, "0 delivered, 0 still waiting, 0 to the quarantine\n"), _box.Command("spool", "retry"));
        _box.DeliverDone(Mail(2).Bytes);
        Assert.Single(Directory.GetFiles(Spool, "*.eml"));
    }

    [Fact]
    public void A_mail_whose_delivery_ends_the_process_goes_to_the_quarantine_and_becomes_a_ticket_with_itself_attached()
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone(Mail(1).Bytes);
        string record = Assert.Single(Directory.GetFiles(Spool, "*.json"));
        string text = File.ReadAllText(record);
        File.WriteAllText(record, text.Replace("\"failures\": 0", "\"failures\": 5", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(record));

        _box.Environment["PIPE_STORE"] = _desk.StoreFile;
        Assert.Equal((0, "0 delivered, 0 still waiting, 1 to the quarantine\n"), _box.Command("spool", "retry"));

        string kept = Assert.Single(Directory.GetFiles(Quarantine, "*.eml"));
        Assert.Equal(Mail(1).Bytes, File.ReadAllBytes(kept));
        string number = Assert.Single(_desk.Rows("SELECT number FROM ost_ticket"))[0];
        Assert.Contains($"quarantined (ticket {number})", _box.Command("spool", "list").Text, StringComparison.Ordinal);
        string files = Path.Combine(_box.Folder, "files");
        Assert.Equal(0, _box.Command("tickets", "show", number, "--attachments", files).ExitCode);
        Assert.Equal(Mail(1).Bytes, File.ReadAllBytes(Path.Combine(files, "message.eml")));

        // A person who has mended the cause tries it again.
        string id = Path.GetFileNameWithoutExtension(kept);
        Assert.Equal((0, "1 delivered, 0 still waiting, 0 to the quarantine\n"), _box.Command("spool", "retry", id));
        Assert.Empty(Directory.GetFiles(Quarantine, "*.eml"));
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void Export_gives_every_byte_and_drop_removes_it()
    {
        byte[] bytes = [.. Mail(1).Bytes, 0, 1, 255, 13, 13, 10];
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone(bytes);
        string id = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Spool, "*.eml")));

        string file = Path.Combine(_box.Folder, "exported.eml");
        Assert.Equal(0, _box.Command("spool", "export", id, "--to", file).ExitCode);
        Assert.Equal(bytes, File.ReadAllBytes(file));
        Assert.Equal(1, _box.Command("spool", "export", id, "--to", file).ExitCode);      // never over a file that is there
        Assert.Equal(1, _box.Command("spool", "drop", id, "another").ExitCode);           // all or none
        Assert.Single(Directory.GetFiles(Spool, "*.eml"));

        Assert.Equal((0, $"dropped {id}\n"), _box.Command("spool", "drop", id));
        Assert.Empty(Directory.GetFiles(Spool, "*.eml"));
        Assert.Contains(id, _box.LogLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_processes_at_once_deliver_each_waiting_mail_once()
    {
        int count = Amounts.Of(30, 300);
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = Nowhere;
        var mails = Enumerable.Range(0, count).Select(Mail).ToList();
        mails.ForEach(mail => Assert.Equal(0, _box.Deliver(mail.Bytes)));

        _box.Environment["PIPE_STORE"] = _desk.StoreFile;
        _box.Environment["PIPE_LOCK_TIMEOUT"] = "30";
        string output = Path.Combine(_box.Folder, "retry");
        var processes = Enumerable.Range(0, 8)
            .Select(i => _box.Start(null, "/dev/null", string.Create(CultureInfo.InvariantCulture, $"{output}{i}"), "spool", "retry", "--all")).ToList();
        processes.ForEach(process => process.Wait());
        _box.Command("spool", "retry", "--all");

        _desk.AssertHolds(mails, count);
        Assert.Empty(Directory.GetFiles(Spool, "*.eml"));
    }

    [Fact]
    public void A_spooled_mail_s_text_does_not_reach_the_terminal_as_commands()
    {
        _box.Environment["PIPE_SPOOL"] = "on";
        _box.Environment["PIPE_STORE"] = Nowhere;
        _box.DeliverDone("From: \x1b]0;x\x07@a.test\nSubject: \x1b[2J\x9b31m\n\n\x1b[31mred\n"u8.ToArray(), "--sender", "\x1b[2J@a.test");
        string id = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Spool, "*.eml")));

        string text = _box.Command("spool", "list").Text + _box.Command("spool", "show", id).Text;
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    private void FailsForItsOwnSake(SqlDesk desk, string trigger)
    {
        desk.Rows(trigger);
        _box.DeliverDone(Mail(1).Bytes);
        _box.AssertLogged("outcome=spooled", "exit=0");
        for (int i = 0; i < 4; i++)
            Assert.Equal((75, "0 delivered, 1 still waiting, 0 to the quarantine\n"), _box.Command("spool", "retry", "--all"));
        Assert.Equal((0, "0 delivered, 0 still waiting, 1 to the quarantine\n"), _box.Command("spool", "retry", "--all"));

        Assert.Empty(Directory.GetFiles(Spool, "*.eml"));
        Assert.Equal(Mail(1).Bytes, File.ReadAllBytes(Assert.Single(Directory.GetFiles(Quarantine, "*.eml"))));
        Assert.Equal("2", desk.Rows("SELECT COUNT(*) FROM ost_ticket")[0][0]);      // the first mail's, and the one that tells of this
        _box.DeliverDone(Mail(2).Bytes);
    }

    private static TestMail Mail(int number) => TestMail.Create(string.Create(CultureInfo.InvariantCulture, $"spooled-{number}"));
}
