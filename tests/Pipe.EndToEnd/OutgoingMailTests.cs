using System.Globalization;
using System.Text;

namespace Pipe.EndToEnd;

/// <summary>The mails that a delivery causes, sent by the published executable through a program in the place of sendmail.</summary>
public sealed class OutgoingMailTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public OutgoingMailTests()
    {
        Directory.CreateDirectory(Sent);
        UseSendmail("exit 0");
        _sandbox.Environment["PIPE_SYSTEM_EMAIL"] = "Support <support@example.test>";
        _sandbox.Environment["PIPE_ADMIN_EMAIL"] = "admin@example.test";
        _sandbox.Environment["PIPE_NOTICES_PER_HOUR"] = "0";
        _sandbox.Environment["PIPE_AUTOREPLIES_PER_HOUR"] = "0";
    }

    private string Sent => Path.Combine(_sandbox.Folder, "sent");

    private string Outbox => Path.Combine(_sandbox.Home, ".local", "share", "pipe", "outbox");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_new_ticket_is_confirmed_and_alerted_and_the_answer_to_the_confirmation_threads()
    {
        _sandbox.Run(Mail("one", "Door")).AssertSilent(0);
        string confirmation = Assert.Single(Messages, message => message.Contains("\nTo: Jane <jane@example.test>\n", StringComparison.Ordinal));
        Assert.Contains("\nAuto-Submitted: auto-replied\n", confirmation, StringComparison.Ordinal);
        Assert.Single(Messages, message => message.Contains("\nTo: admin@example.test\n", StringComparison.Ordinal));

        string id = confirmation.Split('\n').First(line => line.StartsWith("Message-Id: ", StringComparison.OrdinalIgnoreCase))["Message-Id: ".Length..];
        _sandbox.Run(Mail("two", "Re: something else", $"In-Reply-To: {id}\r\n")).AssertSilent(0);

        Assert.Equal(1, _sandbox.Count("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal(2, _sandbox.Count("SELECT COUNT(*) FROM ost_thread_entry"));
        Assert.Empty(Waiting);
    }

    [Fact]
    public void Nothing_is_sent_without_an_address_to_send_from_or_when_it_is_switched_off()
    {
        _sandbox.Run(Mail("off", "Door"), "--notify", "off").AssertSilent(0);
        _sandbox.Environment.Remove("PIPE_SYSTEM_EMAIL");
        _sandbox.Run(Mail("none", "Door")).AssertSilent(0);

        Assert.Empty(Messages);
        Assert.Empty(Waiting);
    }

    [Fact]
    public void Sendmail_is_given_the_environment_as_it_was()
    {
        string environment = Path.Combine(_sandbox.Folder, "environment");
        UseSendmail($"env >'{environment}'; exit 0");
        _sandbox.Run(Mail("one", "Door")).AssertSilent(0);

        Assert.DoesNotContain(File.ReadAllLines(environment), line => line.StartsWith("SSL_CERT_", StringComparison.Ordinal));
    }

    // Some callers do not want to hear of their children, and that is inherited: no exit code of sendmail's would arrive.
    [Fact]
    public void Mail_is_sent_once_for_a_caller_that_ignores_its_children()
    {
        _sandbox.RunShell("exec bash -c 'trap \"\" CHLD; exec \"$@\"' bash \"$@\"", Mail("one", "Door")).AssertSilent(0);

        Assert.Equal(2, _sandbox.LogLines.Count(line => line.Contains("mail outcome=sent", StringComparison.Ordinal)));
        Assert.Equal(2, Messages.Count);
        Assert.Empty(Waiting);
    }

    [Fact]
    public void A_misspelt_kind_of_mail_makes_the_message_wait_and_is_named_in_the_log()
    {
        _sandbox.Run(Mail("one", "Door"), "--notify-except", "TicketAlrt").AssertSilent(75);

        Assert.Contains(_sandbox.LogLines, line => line.Contains("notifyExcept does not know \"TicketAlrt\"; did you mean \"TicketAlert\"?", StringComparison.Ordinal));
        Assert.Empty(Messages);
    }

    [Fact]
    public void A_sendmail_that_fails_changes_no_exit_code_and_a_retry_sends()
    {
        UseSendmail("echo no >&2; exit 75");
        _sandbox.Run(Mail("one", "Door")).AssertSilent(0);
        Assert.Contains(_sandbox.LogLines, line => line.Contains("mail outcome=failed", StringComparison.Ordinal));
        Assert.Single(Waiting);

        // Its time comes in two minutes; the clock of the name is put back.
        string waiting = Waiting[0];
        File.Move(waiting, Path.Combine(Path.GetDirectoryName(waiting)!, "0000000001" + Path.GetFileName(waiting)[10..]));
        UseSendmail("exit 0");
        foreach (string file in Directory.GetFiles(Sent))
            File.Delete(file);
        Assert.Equal(0, _sandbox.Run([], "spool", "retry").ExitCode);

        Assert.Equal(2, Messages.Count);
        Assert.Empty(Waiting);
    }

    // The mail itself is in the store by then: with 75 it would be brought again for nothing.
    [Fact]
    public void A_signal_while_its_mails_are_sent_changes_no_exit_code()
    {
        UseSendmail("exec sleep 20");
        using var process = _sandbox.Start(null);
        var output = Sandbox.ReadAsync(process.StandardOutput.BaseStream);
        var error = Sandbox.ReadAsync(process.StandardError.BaseStream);
        process.StandardInput.BaseStream.Write(Mail("one", "Door"));
        process.StandardInput.Close();
        for (int i = 0; i < 1000 && Messages.Count == 0; i++)
            Thread.Sleep(10);

        using (var kill = System.Diagnostics.Process.Start("kill", [process.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();

        Sandbox.Wait(process, output, error).AssertSilent(0);
    }

    [Fact]
    public void Mails_that_are_only_kept_are_sent_by_the_retry_command()
    {
        _sandbox.Run(Mail("one", "Door"), "--notify", "spool").AssertSilent(0);
        Assert.Empty(Messages);
        Assert.Single(Waiting);
        Assert.Equal(0, _sandbox.Run([], "spool", "retry", "--notify", "spool").ExitCode);

        Assert.Equal(2, Messages.Count);
    }

    [Fact]
    public void A_delivery_killed_at_any_moment_sends_every_mail_of_a_stored_ticket_at_most_once_and_loses_none_unseen()
    {
        var random = new Random(8);
        for (int i = 0; i < 60; i++)
        {
            using var process = _sandbox.Start(null);
            process.StandardInput.BaseStream.Write(Mail($"kill-{i}", "Door"));
            process.StandardInput.Close();
            Thread.Sleep(random.Next(40));
            process.Kill();
            process.WaitForExit();
        }

        // A delivery that is not killed finds what the others have left.
        for (int i = 0; i < 30 && Unfinished.Count > 0; i++)
        {
            _sandbox.Run(Mail($"after-{i}", "Door")).AssertSilent(0);
            Assert.Equal(0, _sandbox.Run([], "spool", "retry").ExitCode);
        }

        Assert.Empty(Unfinished);
        var ids = Messages.Select(message => message.Split('\n').First(line => line.StartsWith("Message-Id: ", StringComparison.OrdinalIgnoreCase))).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());

        // What was under way when the process died is put aside and named, never sent again.
        long tickets = _sandbox.Count("SELECT COUNT(*) FROM ost_ticket WHERE status_id > 0");
        int uncertain = _sandbox.LogLines.Count(line => line.Contains("mail outcome=uncertain", StringComparison.Ordinal));
        Assert.InRange(ids.Count, (2 * tickets) - uncertain, 2 * tickets);
    }

    private List<string> Messages => [.. Directory.GetFiles(Sent, "*.eml").Select(File.ReadAllText)];

    private List<string> Waiting => Files("due");

    private List<string> Unfinished => [.. Files("due"), .. Files("staged")];

    private List<string> Files(string folder) =>
        Directory.Exists(Path.Combine(Outbox, folder)) ? [.. Directory.GetFiles(Path.Combine(Outbox, folder))] : [];

    private void UseSendmail(string ending)
    {
        string program = _sandbox.Write("sendmail", $"""
            #!/bin/sh
            file=$(mktemp "{Sent}/XXXXXXXX")
            cat > "$file"
            mv "$file" "$file.eml"
            {ending}

            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _sandbox.Environment["PIPE_SENDMAIL"] = program;
    }

    private static byte[] Mail(string id, string subject, string fields = "") => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"From: Jane <jane@example.test>\r\nTo: support@example.test\r\nSubject: {subject}\r\nMessage-ID: <{id}@example.test>\r\n{fields}\r\nHello\r\n"));
}
