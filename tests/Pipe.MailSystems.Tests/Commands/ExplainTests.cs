using System.Text.Json;
using Pipe.MailSystems.Tests.Laboratory;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Commands;

public sealed class ExplainTests
{
    private const string First = "From: Carla <carla@customer.test>\nTo: support@acme.test\nCc: Bob <bob@customer.test>\nSubject: hello\nMessage-ID: <m1@customer.test>\n\nHello.\n";

    [Fact]
    public void Explain_says_what_a_delivery_would_do_and_leaves_the_store_as_it_was()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        Assert.Equal(0, place.Pipe(First).ExitCode);
        string tickets = place.Run("tickets").Text;
        string log = File.ReadAllText(place.LogFile);
        string reply = First.Replace("m1@", "m2@", StringComparison.Ordinal).Replace("\n\n", "\nReferences: <unknown@elsewhere.test> <m1@customer.test>\n\n", StringComparison.Ordinal);

        string text = place.Pipe(reply, "explain", "-").Text;

        Assert.Contains("a message on an existing ticket", text, StringComparison.Ordinal);
        Assert.Contains("yes  reference <m1@customer.test>: a message with this Message-ID is on ticket", text, StringComparison.Ordinal);
        Assert.Contains("no   reference <unknown@elsewhere.test>", text, StringComparison.Ordinal);
        Assert.Contains("no   subject", text, StringComparison.Ordinal);
        Assert.Equal(tickets, place.Run("tickets").Text);
        Assert.Equal(log, File.ReadAllText(place.LogFile));

        // And the delivery does what was foretold.
        Assert.Equal(0, place.Pipe(reply).ExitCode);
        Assert.Contains("outcome=reply", File.ReadAllText(place.LogFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_tells_a_new_ticket_a_repetition_and_a_rejection_apart()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();

        var before = Explain(place, First);
        Assert.StartsWith("a new ticket", before.GetProperty("result").GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal("carla@customer.test", before.GetProperty("result").GetProperty("owner").GetString());
        Assert.Equal("bob@customer.test", before.GetProperty("result").GetProperty("collaborators").GetString());
        Assert.False(File.Exists(place.Store));

        Assert.Equal(0, place.Pipe(First).ExitCode);
        var after = Explain(place, First);
        Assert.Equal("nothing: the message is there already", after.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Equal("0", after.GetProperty("result").GetProperty("exitCode").GetString());

        place.RunProgram("/usr/bin/sqlite3", """
            INSERT INTO ost_filter (id, execorder, isactive, status, match_all_rules, stop_onmatch, target, email_id, name) VALUES (90, 1, 1, 0, 0, 0, 'Any', 0, 'No advertisements');
            INSERT INTO ost_filter_rule (filter_id, what, how, val, isactive) VALUES (90, 'subject', 'contains', 'offer', 1);
            INSERT INTO ost_filter_action (filter_id, sort, type, configuration) VALUES (90, 1, 'reject', '{}');
            UPDATE ost_filter_rule SET what = 'email', how = 'equal', val = 'spam@customer.test' WHERE filter_id = 90;
            """, null, place.Store);
        var denied = Explain(place, First.Replace("carla@", "spam@", StringComparison.Ordinal).Replace("m1@", "m3@", StringComparison.Ordinal));
        Assert.StartsWith("denied: ", denied.GetProperty("result").GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal("No advertisements", denied.GetProperty("filters")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Explain_names_the_mailbox_that_the_envelope_decides()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        Assert.Equal(0, place.Pipe(First).ExitCode);
        string blindCopy = First.Replace("To: support@acme.test", "To: everybody@list.test", StringComparison.Ordinal).Replace("m1@", "m4@", StringComparison.Ordinal);

        string text = place.Pipe(blindCopy, "explain", "-", "--recipient", "support+7@acme.test", "--extension", "7").Text;

        Assert.Contains("the envelope recipient support+7@acme.test does", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_of_an_empty_message_foretells_the_retry()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();

        Assert.Equal("75", Explain(place, "").GetProperty("result").GetProperty("exitCode").GetString());
    }

    [Fact]
    public void Explain_puts_nothing_of_a_hostile_mail_on_the_terminal()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        string hostile = First.Replace("hello", "\u001b]0;owned\u0007\u001b[2J", StringComparison.Ordinal).Replace("Hello.", "\u001b[31m\u0000\u0008", StringComparison.Ordinal);

        string text = place.Pipe(hostile, "explain", "-").Text;

        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Explain_lists_the_mails_of_an_SQLite_file_and_sends_none()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        Configure(place, "\"notifyExcept\": \"TicketAlert\"");

        string text = place.Pipe(First, "explain", "-").Text;
        Assert.Matches("Mails that would be sent\n  TicketAutoresponse to carla@customer\\.test from support@acme\\.test through \\S+/sendmail: \\[#[0-9]+\\] hello\n", text);
        Assert.Contains("Mails that would not be sent\n  TicketAlert to ada@acme.test: it is switched off\n", text, StringComparison.Ordinal);

        var json = Explain(place, First.Replace("Subject:", "Auto-Submitted: auto-replied\nSubject:", StringComparison.Ordinal));
        Assert.Equal(0, json.GetProperty("mails").GetArrayLength());
        Assert.Equal(
            ["TicketAutoresponse to carla@customer.test: the message is an automatic one", "TicketAlert to ada@acme.test: it is switched off"],
            json.GetProperty("mailsNotSent").EnumerateArray().Select(mail => $"{mail.GetProperty("kind")} to {mail.GetProperty("to")}: {mail.GetProperty("reason")}"));
        AssertNothingSent(place);

        // And the delivery sends what was foretold.
        Assert.Equal(0, place.Pipe(First).ExitCode);
        Assert.Contains("To: Carla <carla@customer.test>", Assert.Single(Directory.GetFiles(Sent(place)).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_lists_the_mails_of_an_osTicket_database_with_their_accounts_and_writes_nothing()
    {
        if ((LabPackages.WhyNot(null) ?? MariaDbServer.SkipReason) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();
        var installation = OsTicketInstallation.Create(MariaDbServer.Shared, Path.Combine(place.Folder, "osticket"));
        installation.Execute("""
            UPDATE ost_department SET ticket_auto_response = 1, message_auto_response = 1, email_id = 1;
            DELETE FROM ost_config WHERE namespace = 'core' AND `key` IN ('ticket_autoresponder', 'ticket_alert_active', 'ticket_alert_admin', 'admin_email');
            INSERT INTO ost_config (namespace, `key`, value) VALUES ('core', 'ticket_autoresponder', '1'), ('core', 'ticket_alert_active', '1'),
              ('core', 'ticket_alert_admin', '1'), ('core', 'admin_email', 'ada@example.test'), ('core', 'default_template_id', '1');
            CREATE TABLE ost_email_template (id INT PRIMARY KEY AUTO_INCREMENT, tpl_id INT, code_name VARCHAR(32), subject VARCHAR(255), body TEXT);
            CREATE TABLE ost_email_account (id INT PRIMARY KEY, email_id INT, type VARCHAR(8), auth_bk VARCHAR(128), auth_id VARCHAR(16) NULL, active INT,
              host VARCHAR(128), port INT, allow_spoofing INT);
            INSERT INTO ost_email_account VALUES (3, 1, 'smtp', 'oauth2', '1', 1, 'smtp.example.test', 587, 0), (4, 1, 'smtp', 'none', '1', 1, 'mx.example.test', 25, 0)
            """);
        Configure(place, $"\"osticket\": \"{installation.Folder}\"", destination: false);
        string before = installation.Execute("CHECKSUM TABLE ost_ticket, ost_thread_entry, ost_user, ost_config, ost_syslog");

        string message = First.Replace("support@acme.test", OsTicketInstallation.SystemEmail, StringComparison.Ordinal);
        var json = Explain(place, message);

        Assert.Equal(
            ["TicketAutoresponse carla@customer.test mx.example.test:25", "TicketAlert ada@example.test mx.example.test:25"],
            json.GetProperty("mails").EnumerateArray().Select(mail => $"{mail.GetProperty("kind")} {mail.GetProperty("to")} {mail.GetProperty("account")}"));
        Assert.Contains("OAuth 2.0", Assert.Single(json.GetProperty("mailNotes").EnumerateArray()).GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, installation.Execute("CHECKSUM TABLE ost_ticket, ost_thread_entry, ost_user, ost_config, ost_syslog"));
        AssertNothingSent(place);

        installation.Execute("UPDATE ost_config SET value = '0' WHERE `key` = 'ticket_autoresponder'");
        Assert.Contains("  TicketAutoresponse: ticket_autoresponder is off\n", place.Pipe(message, "explain", "-").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_says_when_no_mail_is_sent_at_all()
    {
        if (LabPackages.WhyNot(null) is { } reason)
            Assert.Skip(reason);
        using var place = new Workplace();

        Assert.Contains("Mails that would not be sent\n  any: notify is off\n", place.Pipe(First, "explain", "-").Text, StringComparison.Ordinal);
    }

    private static string Sent(Workplace place) => Path.Combine(place.Folder, "sent");

    private static void AssertNothingSent(Workplace place)
    {
        Assert.Empty(Directory.GetFiles(Sent(place)));
        Assert.False(Directory.Exists(Path.Combine(place.Folder, "outbox")));
    }

    private static void Configure(Workplace place, string further, bool destination = true)
    {
        Directory.CreateDirectory(Sent(place));
        string sendmail = Path.Combine(place.Folder, "sendmail");
        File.WriteAllText(sendmail, $"#!/bin/sh\nexec cat > {Sent(place)}/$$\n");
        File.SetUnixFileMode(sendmail, (UnixFileMode)0b111_101_101);
        string store = destination ? $"\"store\": \"{place.Store}\", " : "";
        place.Configure($$"""
            { {{store}}"logFile": "{{place.LogFile}}", "quarantine": "{{place.Folder}}/data/quarantine", "systemEmail": "Support <support@acme.test>",
              "adminEmail": "ada@acme.test", "outbox": "{{place.Folder}}/outbox", "sendmail": "{{sendmail}}", {{further}} }
            """);
    }

    private static JsonElement Explain(Workplace place, string message) =>
        JsonDocument.Parse(place.Pipe(message, "explain", "--json", "-").Text).RootElement;
}
