using Pipe.MailSystems.Tests.Laboratory.Stores;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.RoundTrips;

/// <summary>The help desk is an osTicket installation with its database; Ada is an agent, Mia manages the department.</summary>
public abstract class OsTicketRoundTrip : RoundTripContract
{
    private const string Manager = "mia@lab.test";

    private protected override string Salt => "k3BXsVwPzq7NdYhR5mLcTgJ8fQa2ZuE9";

    private protected override MariaDbServer Database => MariaDbServer.Shared;

    /// <summary>The SMTP account of the help desk's mailbox; empty where it has none and mail goes to the local sendmail.</summary>
    private protected virtual string Account => "";

    private protected override string? WhyNot() => base.WhyNot() ?? MariaDbServer.SkipReason;

    private protected override Dictionary<string, string> Configure()
    {
        _ = Query("""
            UPDATE ost_department SET email_id = 1, manager_id = 2;
            INSERT INTO ost_staff (staff_id, dept_id, isactive, username, firstname, lastname, email, signature, created, updated) VALUES
              (1, 1, 1, 'ada', 'Ada', 'Agent', 'acct@lab.test', '', NOW(), NOW()), (2, 1, 1, 'mia', 'Mia', 'Manager', 'mia@lab.test', '', NOW(), NOW());
            INSERT INTO ost_config (namespace, `key`, value)
              SELECT 'core', k, '1' FROM (SELECT 'ticket_autoresponder' k UNION SELECT 'message_autoresponder' UNION SELECT 'ticket_alert_active'
                UNION SELECT 'ticket_alert_dept_members' UNION SELECT 'ticket_alert_dept_manager' UNION SELECT 'message_alert_active'
                UNION SELECT 'message_alert_dept_manager' UNION SELECT 'note_alert_active' UNION SELECT 'note_alert_dept_manager'
                UNION SELECT 'default_template_id') s;
            CREATE TABLE ost_email_template (id INT PRIMARY KEY AUTO_INCREMENT, tpl_id INT, code_name VARCHAR(32), subject VARCHAR(255), body TEXT);
            INSERT INTO ost_email_template (id, tpl_id, code_name, subject, body) VALUES (7, 1, 'ticket.alert', 'New [#%{ticket.number}] %{ticket.subject}',
              '<p>Dear %{recipient.name.first},</p><div>%{message}</div><p><img src="cid:b56944cb4722cc5cda9d1e23a3ea7fbc" alt="logo"></p>');
            INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created)
              VALUES (50, 'T', 'D', 'image/png', 8, 'b56944cb4722cc5cda9d1e23a3ea7fbc', 'x', 'logo.png', NOW());
            INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (50, 0, UNHEX('89504E470D0A1A0A'));
            INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (7, 'T', 50, 1);
            CREATE TABLE ost_email_account (id INT PRIMARY KEY, email_id INT, type VARCHAR(8), auth_bk VARCHAR(128), auth_id VARCHAR(16) NULL, active INT,
              host VARCHAR(128), port INT, allow_spoofing INT);
            """);
        if (Account.Length > 0)
            _ = Query("INSERT INTO ost_email_account VALUES " + Account);
        return [];
    }

    private protected override string Query(string sql) => ((MariaDbLabStore)Lab.Desk.Store).Execute(sql);

    // Outgoing mail 1: an agent who answers an alert writes an internal note. It is the manager who hears of it, not the customer.
    private protected override void TheAgentAnswers()
    {
        var alert = MailsFor("acct@lab.test").Single();
        Assert.Equal("multipart/related(multipart/alternative(text/plain, text/html), image/png)", alert.Structure);
        var image = alert.Parts[^1];
        Assert.Equal(("inline", 8), (image.Disposition, image.Size));
        Assert.Contains($"src=\"cid:{image.ContentId.Trim('<', '>')}\"", alert.Text("text/html"), StringComparison.Ordinal);
        int customers = Mailbox("customer").Count;
        int managers = MailsFor(Manager).Count;

        Send("acct@lab.test", Correspondence.Answer(Agent, alert, "<note@lab.test>", "I take a bucket with me."));

        Assert.Equal("N\t1\t0\tAda Agent", Query("SELECT type, staff_id, user_id, poster FROM ost_thread_entry ORDER BY id DESC LIMIT 1"));
        Assert.Equal(1, Count("ticket"));
        Assert.Equal(customers, Mailbox("customer").Count);
        Assert.Single(MailsFor("acct@lab.test"));
        Assert.Equal(managers + 1, MailsFor(Manager).Count);
        Assert.Contains("I take a bucket with me.", MailsFor(Manager)[^1].Text("text/plain"), StringComparison.Ordinal);
        Assert.Equal("", MailsFor(Manager)[^1]["In-Reply-To"]);
    }
}
