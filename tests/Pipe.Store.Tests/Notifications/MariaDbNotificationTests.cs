using System.Security.Cryptography;
using System.Text;
using Pipe.Store.Explanation;
using Pipe.Store.Notifications;
using Pipe.Tickets.Notifications;

namespace Pipe.Store.Tests;

public sealed class MariaDbNotificationTests : NotificationTests
{
    private const string Templates = """
        CREATE TABLE ost_email_template (id INT PRIMARY KEY AUTO_INCREMENT, tpl_id INT, code_name VARCHAR(32), subject VARCHAR(255), body TEXT);
        INSERT INTO ost_config (namespace, `key`, value) VALUES ('core', 'default_template_id', '1')
        """;

    private const string Accounts = """
        CREATE TABLE ost_email_account (id INT PRIMARY KEY, email_id INT, type VARCHAR(8), auth_bk VARCHAR(128), auth_id VARCHAR(16) NULL, active INT,
          host VARCHAR(128), port INT, allow_spoofing INT)
        """;

    private string _database = "";
    private StoreOptions _options = new();

    [Fact]
    public void Templates_come_from_the_database_with_their_images()
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        const string Key = "b56944cb4722cc5cda9d1e23a3ea7fbc";
        desk.Execute($"INSERT INTO ost_email_template (id, tpl_id, code_name, subject, body) VALUES (7, 1, 'ticket.autoresp', 'T %{{ticket.number}}', '<img src=\"cid:{Key}\">%{{ticket.subject}}')");
        desk.Execute($"INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created) VALUES (50, 'T', 'D', 'image/png', 4, '{Key}', 'x', 'logo.png', NOW())");
        desk.Execute("INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (50, 1, 'cd'), (50, 0, 'ab')");
        desk.Execute("INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (7, 'T', 50, 1)");
        var stored = desk.Stored(Mails.From("joe@example.net", "Coffee & <tea>"));

        var mail = Outbox.Released[0];
        Assert.Equal($"T {stored.TicketNumber}", mail.Subject);
        Assert.EndsWith("Coffee &amp; &lt;tea&gt;", mail.Html!, StringComparison.Ordinal);
        Assert.Equal("abcd", Encoding.ASCII.GetString(Assert.Single(mail.Images).Content));
    }

    [Fact]
    public void A_key_in_a_customers_mail_does_not_fetch_a_file_of_somebody_else()
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        const string Key = "abcdefghijklmnopqrstuvwxyz012345";
        desk.Execute($"INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created) VALUES (60, 'T', 'D', 'image/png', 4, '{Key}', 'x', 'secret.png', NOW())");
        desk.Execute("INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (60, 0, 'ab')");
        desk.Execute("INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (4711, 'H', 60, 1)");
        desk.Stored(Mails.From("joe@example.net") with { Body = new MailBody(BodyFormat.Html, $"<p><img src=\"cid:{Key}\">x</p>") });

        Assert.Contains(Outbox.Released, mail => mail.Html!.Contains(Key, StringComparison.Ordinal));
        Assert.All(Outbox.Released, mail => Assert.Empty(mail.Images));
    }

    [Fact]
    public void Accounts_are_read_with_their_encrypted_passwords()
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        desk.Execute("INSERT INTO ost_email_account VALUES (3, 1, 'smtp', 'basic', NULL, 1, 'tls://mx.acme.test', 25, 0), (4, 2, 'smtp', 'oauth2', '1', 1, 'x', 587, 1), (5, 1, 'mailbox', 'basic', NULL, 1, 'imap', 993, 0), (6, 2, 'smtp', 'mailbox', NULL, 1, 'mx2', 465, 1)");
        const string Space = "email.1.account.3";
        desk.Execute($"INSERT INTO ost_config (namespace, `key`, value) VALUES ('{Space}', 'username', 'desk'), ('{Space}', 'passwd', '{Encrypt("pass wörd", "desk", Space)}')");
        desk.Set("default_smtp_id", "3");
        var complaints = new List<string>();
        var accounts = new MailAccounts(() => MariaDbStore.Connect(_database), StoreDialect.MySql, Options) { OnUnusable = complaints.Add };

        var account = Assert.Single(accounts.For(1));
        Assert.Equal(("mx.acme.test", 25, SmtpSecurity.StartTls, "desk", "pass wörd", "support@acme.test"),
            (account.Host, account.Port, account.Security, account.User, account.Password, account.Address));
        Assert.Equal([account], accounts.For(2));
        Assert.Contains(complaints, complaint => complaint.Contains("account x:587: osTicket logs in there with OAuth 2.0", StringComparison.Ordinal)
            && complaint.Contains("set smtpHost, smtpUser and smtpTokenFile", StringComparison.Ordinal));
        Assert.Contains(complaints, complaint => complaint.Contains("password", StringComparison.Ordinal));
        Assert.DoesNotContain("pass", account.ToString(), StringComparison.Ordinal);
    }

    // Where osTicket would send a password in the clear.
    [Theory]
    [InlineData("mx.acme.test", 25, SmtpSecurity.Automatic)]
    [InlineData("mx.acme.test", 2525, SmtpSecurity.Automatic)]
    [InlineData("plain://mx.acme.test", 25, SmtpSecurity.None)]
    [InlineData("localhost", 25, SmtpSecurity.None)]
    [InlineData("127.0.0.1", 25, SmtpSecurity.None)]
    [InlineData("mx.acme.test", 465, SmtpSecurity.Tls)]
    [InlineData("mx.acme.test", 587, SmtpSecurity.StartTls)]
    public void A_password_leaves_this_machine_in_the_clear_only_where_the_account_says_so(string host, int port, SmtpSecurity expected)
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        desk.Execute($"INSERT INTO ost_email_account VALUES (3, 1, 'smtp', 'basic', NULL, 1, '{host}', {port}, 0), (4, 1, 'smtp', 'none', NULL, 1, 'mx2', 25, 0)");
        const string Space = "email.1.account.3";
        desk.Execute($"INSERT INTO ost_config (namespace, `key`, value) VALUES ('{Space}', 'username', 'desk'), ('{Space}', 'passwd', '{Encrypt("x", "desk", Space)}')");
        var accounts = new MailAccounts(() => MariaDbStore.Connect(_database), StoreDialect.MySql, Options).For(1);

        Assert.Equal([expected, SmtpSecurity.None], accounts.Select(account => account.Security));
    }

    [Fact]
    public void An_image_that_is_too_much_is_left_out_whole()
    {
        var desk = NewStore(Options with { Notifications = Options.Notifications! with { MaxFileBytes = 6 } });
        desk.Execute(Accounts);
        desk.Execute("INSERT INTO ost_email_template (id, tpl_id, code_name, subject, body) VALUES (7, 1, 'ticket.alert', 'T', "
            + "'<img src=\"cid:b56944cb4722cc5cda9d1e23a3ea7fb0\"><img src=\"cid:b56944cb4722cc5cda9d1e23a3ea7fb1\">')");
        for (int i = 0; i < 2; i++)
        {
            desk.Execute($"INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created) VALUES ({50 + i}, 'T', 'D', 'image/png', 4, 'b56944cb4722cc5cda9d1e23a3ea7fb{i}', 'x', 'logo.png', NOW())");
            desk.Execute($"INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES ({50 + i}, 0, 'ab'), ({50 + i}, 1, 'cd')");
            desk.Execute($"INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (7, 'T', {50 + i}, 1)");
        }

        desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal(["abcd"], Outbox.Released[^1].Images.Select(image => Encoding.ASCII.GetString(image.Content)));
    }

    [Fact]
    public void Files_beyond_what_all_mails_may_carry_are_left_out_and_it_is_noted()
    {
        var desk = NewStore(Options with { Notifications = Options.Notifications! with { MaxTotalFileBytes = 3 } });
        desk.Execute(Accounts);
        desk.Execute("INSERT INTO ost_email_template (id, tpl_id, code_name, subject, body) VALUES (7, 1, 'ticket.alert', 'T', '<img src=\"cid:b56944cb4722cc5cda9d1e23a3ea7fb0\">')");
        desk.Execute("INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created) VALUES (50, 'T', 'D', 'image/png', 4, 'b56944cb4722cc5cda9d1e23a3ea7fb0', 'x', 'logo.png', NOW())");
        desk.Execute("INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (50, 0, 'abcd')");
        desk.Execute("INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (7, 'T', 50, 1)");
        desk.Stored(Mails.From("joe@example.net"));

        Assert.Empty(Outbox.Released[^1].Images);
        Assert.Contains(desk.LastTrace.Warnings, warning => warning.Contains("admin@acme.test goes without its images", StringComparison.Ordinal));
    }

    [Fact]
    public void A_canned_file_that_is_stored_elsewhere_is_named_in_the_log()
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        desk.Set("email_attachments", "1");
        desk.Execute("INSERT INTO ost_canned_response (canned_id, isenabled, title, response, created, updated) VALUES (1, 1, 'x', 'Try water.', NOW(), NOW())");
        desk.Execute("INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created) VALUES (50, 'T', 'F', 'text/plain', 4, 'k1', 'x', 'on-disk.txt', NOW()), (51, 'T', 'D', 'text/plain', 4, 'k2', 'y', 'here.txt', NOW())");
        desk.Execute("INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (51, 0, 'abcd')");
        desk.Execute("INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (1, 'C', 50, 0), (1, 'C', 51, 0)");
        desk.AddFilter(10, "email", "contains", "joe", ("canned", "{\"canned_id\":1}"));
        desk.Stored(Mails.From("joe@example.net"));

        var reply = Assert.Single(Outbox.Released, mail => mail.Kind == NotificationKind.CannedReply);
        Assert.Equal("here.txt", Assert.Single(reply.Attachments).Name);
        Assert.Contains(desk.LastTrace.Warnings, warning => warning.Contains("\"on-disk.txt\" is not attached", StringComparison.Ordinal));
    }

    [Fact]
    public void A_filter_mail_without_a_mailbox_comes_from_that_of_the_default_account()
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        desk.Execute("INSERT INTO ost_email_account VALUES (3, 2, 'smtp', 'none', NULL, 1, 'mx.acme.test', 25, 0)");
        desk.Set("default_smtp_id", "3");
        desk.AddFilter(10, "email", "contains", "joe", ("email", "{\"recipients\": \"boss@example.org\", \"subject\": \"F\", \"message\": \"<p>x</p>\"}"));
        desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal("sales@acme.test", Outbox.Released.Single(mail => mail.Kind == NotificationKind.FilterMail).From.Address);
    }

    [Fact]
    public void The_administrator_of_ost_config_hears_where_the_settings_name_none()
    {
        var desk = NewStore(Options with { Notifications = Options.Notifications! with { Administrator = "root@acme.test" } });
        desk.Execute(Accounts);
        desk.Set("admin_email", "");
        desk.Stored(Mails.From("joe@example.net"));
        Assert.Equal("root@acme.test", Outbox.Released[^1].Recipient.Address);

        desk.Set("admin_email", "ada@acme.test");
        desk.Stored(Mails.From("joe@example.net"));
        Assert.Equal("ada@acme.test", Outbox.Released[^1].Recipient.Address);
    }

    [Fact]
    public void Accounts_are_known_after_a_message_that_caused_no_mail()
    {
        var desk = NewStore();
        desk.Execute(Accounts);
        desk.Execute("INSERT INTO ost_email_account VALUES (3, 1, 'smtp', 'none', NULL, 1, 'mx.acme.test', 25, 0)");
        foreach (string key in (string[])["ticket_autoresponder", "ticket_alert_active"])
            desk.Set(key, "0");
        desk.Stored(Mails.From("joe@example.net"));

        // Mail of earlier messages is sent by the same process.
        Assert.Empty(Outbox.Released);
        Assert.Equal("mx.acme.test", Assert.Single(_options.MailAccounts!.For(1)).Host);
    }

    [Fact]
    public void A_help_desk_without_the_table_of_accounts_sends_all_the_same()
    {
        var desk = NewStore();
        desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal(2, Outbox.Released.Count);
    }

    protected override StoreUnderTest NewStore() => NewStore(Options);

    private StoreUnderTest NewStore(StoreOptions given)
    {
        _database = MariaDbStore.CreateDatabase();
        var options = given with { LastInsertedId = MariaDbStore.Options.LastInsertedId };
        options = options with { MailAccounts = new MailAccounts(() => MariaDbStore.Connect(_database), StoreDialect.MySql, options) };
        _options = options;
        var desk = new StoreUnderTest(() => MariaDbStore.Connect(_database), StoreDialect.MySql, options);
        desk.Execute(Templates);
        return desk;
    }

    private protected override IntakeExplainer Explainer(StoreUnderTest desk) => new(() => MariaDbStore.Connect(_database), StoreDialect.MySql, _options);

    private protected override EntryLookup Lookup(StoreUnderTest desk) => new(() => MariaDbStore.Connect(_database), StoreDialect.MySql, Options);

    private protected override string CountTicketsElsewhere(StoreUnderTest desk) => desk.Row("SELECT COUNT(*) FROM ost_ticket");

    // outgoing.md section 10, the other way round.
    private static string Encrypt(string password, string user, string space)
    {
        byte[] iv = RandomNumberGenerator.GetBytes(16);
        string hash = Hex(Hex(user + space));
        using var aes = Aes.Create();
        aes.Key = HMACSHA512.HashData(iv, Encoding.UTF8.GetBytes(StoreUnderTest.Salt + hash))[..16];
        return "$2$" + Convert.ToBase64String([.. "$1$"u8, .. iv, .. aes.EncryptCbc(Encoding.UTF8.GetBytes(password), iv)]);
    }

#pragma warning disable CA5351 // How osTicket derives the key.
    private static string Hex(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
