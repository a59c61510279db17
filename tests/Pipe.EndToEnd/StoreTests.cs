using System.Globalization;
using System.Text;

namespace Pipe.EndToEnd;

/// <summary>The published executable and the embedded store.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Repository.Messages, "*.eml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_is_delivered_and_its_repetition_changes_nothing(string name)
    {
        byte[] mail = Repository.Message(name);

        _sandbox.Run(mail).AssertSilent(0);
        long entries = _sandbox.Count("SELECT COUNT(*) FROM ost_thread_entry");
        _sandbox.Run(mail).AssertSilent(0);

        Assert.Equal(entries, _sandbox.Count("SELECT COUNT(*) FROM ost_thread_entry"));
        Assert.Equal(2, _sandbox.LogLines.Count(line => line.Contains(" information: message ", StringComparison.Ordinal)));
    }

    // What is delivered again later is whole, and must not be taken for a repetition then.
    [Fact]
    public async Task A_message_whose_writer_died_is_not_stored()
    {
        const string Start = "From: joe@example.test\nMessage-ID: <1@example.test>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n";
        string line = new string('x', 70) + "\n";

        // The program is a child of the shell, which stands for the mail system.
        using (var writer = _sandbox.Start("exec 3<&0; \"$@\" <&3 3<&- & wait"))
        {
            // More than fits into the pipe: when it is written the program has begun to read.
            await writer.StandardInput.WriteAsync(Start + string.Concat(Enumerable.Repeat(line, 5000)));
            writer.Kill();
            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
            writer.StandardInput.Close();
        }

        for (var patience = DateTime.UtcNow.AddMinutes(2); _sandbox.LogLines.Length == 0 && DateTime.UtcNow < patience;)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Contains("outcome=deferred reason=\"the process that wrote the message died before its end\" exit=75", _sandbox.MessageLine, StringComparison.Ordinal);
        Assert.False(File.Exists(_sandbox.DefaultStore));
    }

    [Fact]
    public void Two_mails_without_message_id_and_with_one_header_are_two_tickets_however_often_they_come()
    {
        const string Header = "From: scanner@example.net\nTo: support@acme.test\nSubject: Report\nDate: Wed, 05 Mar 2025 09:00:00 +0000\n\n";
        foreach (string text in (string[])["pump 1 leaks\n", "pump 2 leaks\n", "pump 1 leaks\n", "pump 2 leaks\n"])
            _sandbox.Run(Encoding.UTF8.GetBytes(Header + text)).AssertSilent(0);

        Assert.Equal(2, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal(2, _sandbox.Count("SELECT COUNT(*) FROM ost_thread_entry"));
        Assert.Equal(2, _sandbox.LogLines.Count(line => line.Contains(" outcome=duplicate ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_mail_without_settings_becomes_a_ticket_in_the_users_data_folder()
    {
        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);

        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Matches("information: message outcome=new-ticket ticket=[0-9]+ exit=0 message_id=<[^ ]+> ", _sandbox.MessageLine);
    }

    [Fact]
    public void The_store_can_be_named_by_option_environment_and_file()
    {
        string option = Path.Combine(_sandbox.Folder, "option.db");
        _sandbox.Run(Repository.Message("new-ticket.eml"), "--store", option).AssertSilent(0);
        Assert.True(File.Exists(option));

        _sandbox.Environment["PIPE_CONFIG"] = _sandbox.Write("pipe.json", """{ "store": "file.db" }""");
        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);
        Assert.True(File.Exists(Path.Combine(_sandbox.Folder, "file.db")));

        _sandbox.Environment["PIPE_STORE"] = "environment.db";
        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);
        Assert.True(File.Exists(Path.Combine(_sandbox.Folder, "environment.db")));
        Assert.False(File.Exists(_sandbox.DefaultStore));
    }

    [Theory]
    [InlineData("--store", "/proc/nonexistent/pipe.db")]
    [InlineData("--store", "/dev/null")]
    [InlineData("--store", "/")]
    public void A_store_that_cannot_be_opened_is_75(params string[] arguments) =>
        _sandbox.Run(Repository.Message("new-ticket.eml"), arguments).AssertSilent(75);

    [Fact]
    public void A_store_that_is_no_database_is_75_and_stays_as_it_is()
    {
        string store = _sandbox.Write("pipe.db", new string('x', 5000));

        _sandbox.Run(Repository.Message("new-ticket.eml"), "--store", store).AssertSilent(75);

        Assert.Equal(new string('x', 5000), File.ReadAllText(store));
    }

    [Fact]
    public void A_store_that_somebody_else_has_locked_is_75()
    {
        _sandbox.Run(Repository.Message("new-ticket.eml")).AssertSilent(0);
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_sandbox.DefaultStore};Pooling=False");
        other.Open();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }

        _sandbox.Run(Repository.Message("plain-text.eml"), "--lock-timeout", "1").AssertSilent(75);
    }

    [Theory]
    [InlineData("\0\u0001\u0002 no mail at all \u00ff\u00fe")]
    [InlineData("\n")]
    [InlineData("From joe@example.test Mon Jan  1 00:00:00 2024\n")]
    [InlineData("just one line")]
    [InlineData(": : :\n\n\n")]
    public void What_is_no_mail_is_kept_all_the_same(string text)
    {
        string quarantine = Path.Combine(_sandbox.Folder, "quarantine");

        _sandbox.Run(Encoding.Latin1.GetBytes(text), "--quarantine", quarantine).AssertSilent(0);

        long tickets = File.Exists(_sandbox.DefaultStore) ? _sandbox.Count("SELECT COUNT(*) FROM ost_ticket") : 0;
        int kept = Directory.Exists(quarantine) ? Directory.GetFiles(quarantine, "*.eml").Length : 0;
        Assert.Equal(1, tickets + kept);
    }

    // The ticket that tells of it names the time, which is another one each time.
    [Fact]
    public void What_is_no_mail_is_one_ticket_however_often_and_whenever_it_comes()
    {
        byte[] mail = Repository.Message("broken-garbage.eml");

        _sandbox.Run(mail).AssertSilent(0);
        Thread.Sleep(1100);
        _sandbox.Run(mail).AssertSilent(0);

        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Contains(_sandbox.LogLines, line => line.Contains("outcome=duplicate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cut", 1)]
    [InlineData("quarantine", 0)]
    public void An_oversized_mail_is_kept_as_a_whole(string choice, int tickets)
    {
        byte[] mail = Mail(200_000);
        string quarantine = Path.Combine(_sandbox.Folder, "quarantine");

        _sandbox.Run(Repository.Message("plain-text.eml")).AssertSilent(0);
        _sandbox.Run(mail, "--max-message-size", "100K", "--oversized", choice, "--quarantine", quarantine).AssertSilent(0);

        Assert.Equal(mail, File.ReadAllBytes(Assert.Single(Directory.GetFiles(quarantine, "*.eml"))));
        Assert.Equal(1 + tickets, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void A_large_mail_goes_back_from_the_quarantine_through_the_temporary_folder_of_the_settings()
    {
        byte[] mail = [.. "From: joe@example.test\nMessage-ID: <large@example.test>\n\n"u8, .. Enumerable.Repeat((byte)'x', 700_000)];
        _sandbox.Run(mail, "--oversized", "quarantine", "--max-message-size", "8K").AssertSilent(0);
        string kept = Assert.Single(Directory.GetFiles(Path.Combine(_sandbox.Home, ".local", "share", "pipe", "quarantine"), "*.eml"));
        _sandbox.Environment["TMPDIR"] = "/nonexistent";
        _sandbox.Environment["PIPE_TEMPORARY_FOLDER"] = _sandbox.Folder;

        var retry = _sandbox.Run([], "spool", "retry", Path.GetFileNameWithoutExtension(kept));

        Assert.Equal("1 delivered, 0 still waiting, 0 to the quarantine\n", retry.OutputText);
        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void An_oversized_mail_can_be_left_with_the_mail_system() =>
        _sandbox.Run(Mail(200_000), "--max-message-size", "100K", "--oversized", "defer").AssertSilent(75);

    // What is asserted is a bound that does not grow with the mail.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public void A_large_mail_takes_no_more_memory_than_the_bound(int megabytes)
    {
        const int maxKilobytes = 32 * 1024;
        Assert.SkipUnless(File.Exists("/usr/bin/time"), "time(1), which measures memory, is missing");

        var run = _sandbox.RunShell("exec /usr/bin/time -f %M -o peak \"$@\"", MailWithAttachment(megabytes * 1024 * 1024));

        run.AssertSilent(0);
        int peak = int.Parse(File.ReadAllText(Path.Combine(_sandbox.Folder, "peak")), CultureInfo.InvariantCulture);
        Assert.True(peak <= maxKilobytes, $"{megabytes} MB took {peak} KB");
        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_attachment"));
    }

    [Fact]
    public void Parallel_deliveries_lose_and_double_nothing()
    {
        byte[][] mails = [.. Enumerable.Range(0, 8).Select(i => Encoding.ASCII.GetBytes(
            $"From: joe{i}@example.test\nTo: support@example.test\nSubject: parallel {i}\nMessage-ID: <parallel-{i}@example.test>\n\nhello\n"))];

        Parallel.For(0, 32, i => _sandbox.Run(mails[i % mails.Length]).AssertSilent(0));

        Assert.Equal(mails.Length, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal(mails.Length, _sandbox.Count("SELECT COUNT(DISTINCT number) FROM ost_ticket"));
        Assert.Equal(32, _sandbox.LogLines.Count(line => line.Contains(" information: message ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_in_a_mail_makes_a_second_log_line()
    {
        byte[] mail = Encoding.UTF8.GetBytes(
            "From: \"a\u001b]0;x\u0007\" <joe@example.test>\nTo: support@example.test\nMessage-ID: <a\u001b[31m\u0085\u2028b@example.test>\nSubject: x\n\nhello\n");

        _sandbox.Run(mail, "--sender", "a\nb pipe[1] error: forged\r\n@example.test").AssertSilent(0);

        Assert.All(File.ReadAllText(_sandbox.LogFile).TrimEnd('\n'), c => Assert.True(c == '\n' || !char.IsControl(c)));
        Assert.DoesNotContain(_sandbox.LogLines, line => line.StartsWith("b pipe", StringComparison.Ordinal));
        Assert.Single(_sandbox.LogLines, line => line.Contains(" information: message ", StringComparison.Ordinal));
    }

    private static byte[] Mail(int bytes) => Encoding.ASCII.GetBytes(
        "From: joe@example.test\nTo: support@example.test\nSubject: large\nMessage-ID: <large@example.test>\n\n"
        + string.Concat(Enumerable.Repeat("A line of text, and the next one is the same.\n", bytes / 46)));

    private static byte[] MailWithAttachment(int bytes)
    {
        byte[] content = new byte[bytes / 4 * 3];
        new Random(7).NextBytes(content);
        return Encoding.ASCII.GetBytes(
            "From: joe@example.test\nTo: support@example.test\nSubject: large\nMessage-ID: <large@example.test>\nMIME-Version: 1.0\n"
            + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: application/octet-stream; name=large.bin\n"
            + "Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=large.bin\n\n"
            + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\n--b--\n");
    }
}
