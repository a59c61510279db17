namespace Pipe.Store.Tests;

/// <summary>Databases of other versions of osTicket than the one whose schema is known by its name.</summary>
public sealed class MariaDbSchemaTests
{
    private const string OtherSignature = "00000000000000000000000000000000";

    // The tables never have email_account here, which came with osTicket 1.17 (its release notes tell of accounts with OAuth2).
    public static TheoryData<string, string> Versions => new()
    {
        { "1.18", "" },
        // https://github.com/osTicket/osTicket/issues/5822 and 5823: what upgrades leave different from new installations.
        { "1.14 or 1.15, upgraded", "ALTER TABLE ost_thread_entry DROP COLUMN extra; ALTER TABLE ost_thread_event MODIFY thread_type char(1) DEFAULT ''" },
        // Assumed, not documented: the mailbox of an entry came with the accounts.
        { "1.16", "ALTER TABLE ost_thread_entry_email DROP COLUMN email_id" },
        { "newer", "ALTER TABLE ost_ticket ADD COLUMN mood varchar(8) NOT NULL; ALTER TABLE ost_thread_entry ADD COLUMN tone int NOT NULL; ALTER TABLE ost_thread_event DROP COLUMN topic_id, DROP COLUMN thread_type" },
        { "without what is only written", "ALTER TABLE ost_thread_entry DROP COLUMN recipients, DROP COLUMN ip_address; ALTER TABLE ost_ticket DROP COLUMN ip_address; ALTER TABLE ost_user DROP COLUMN status; ALTER TABLE ost_user_email DROP COLUMN flags; ALTER TABLE ost_syslog DROP COLUMN ip_address; DROP TABLE ost__search" },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_ticket_and_an_answer_are_stored_in_every_version(string version, string changes)
    {
        foreach (string engine in (string[])["InnoDB", "MyISAM"])
        {
            var desk = NewDesk(engine);
            foreach (string change in changes.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                desk.Execute(change);

            var mail = Mails.From("joe@example.net") with { Recipients = [new(RecipientField.To, "support@acme.test", "Support"), new(RecipientField.Cc, "ann@example.org", "Ann")] };
            var ticket = desk.Stored(mail);
            var answer = desk.Stored(Mails.From("joe@example.net") with { InReplyTo = mail.MessageId });

            Assert.Equal((version, StoredAs.NewTicket, StoredAs.Reply, ticket.TicketNumber), (version, ticket.As, answer.As, answer.TicketNumber));
            Assert.Equal(["M|Joe Tester|It leaks since Monday.", "M|Joe Tester|It leaks since Monday."], desk.Rows("SELECT type, poster, body FROM ost_thread_entry ORDER BY id"));
            Assert.Equal(["created", "collab"], desk.Rows("SELECT n.name FROM ost_thread_event e JOIN ost_event n ON n.id = e.event_id ORDER BY e.id"));
        }
    }

    [Theory]
    [InlineData("ost_ticket.lastupdate")]
    [InlineData("ost_thread_event.event_id")]
    [InlineData("ost_department.schedule_id")]
    [InlineData("ost_file.signature")]
    public void A_column_that_is_needed_and_missing_is_named_before_anything_is_written(string name)
    {
        foreach (string engine in (string[])["InnoDB", "MyISAM"])
        {
            var desk = NewDesk(engine);
            string[] parts = name.Split('.');
            desk.Execute($"ALTER TABLE {parts[0]} DROP COLUMN {parts[1]}");

            var deferred = Assert.IsType<DeliveryResult.Deferred>(desk.Deliver(Mails.From("joe@example.net")));

            Assert.Equal(DeferralCause.Configuration, deferred.Cause);
            Assert.Contains(name + " missing", deferred.Reason, StringComparison.Ordinal);
            Assert.Equal("0|0|0", desk.Row("SELECT (SELECT COUNT(*) FROM ost_user), (SELECT COUNT(*) FROM ost_thread), (SELECT COUNT(*) FROM ost_file)"));
        }
    }

    [Fact]
    public void Every_column_that_is_listed_exists_and_every_other_can_be_missing()
    {
        var desk = NewDesk("InnoDB");
        var needed = new List<string>();
        foreach (string row in desk.Rows(
            "SELECT table_name, column_name, column_key, extra FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT LIKE '%cdata' ORDER BY 1, 2"))
        {
            string[] column = row.Split('|');
            desk.Execute($"ALTER TABLE {column[0]} RENAME COLUMN `{column[1]}` TO away");
            var result = desk.Deliver(Mails.From("joe@example.net", subject: $"without {column[0]}.{column[1]}"));
            desk.Execute($"ALTER TABLE {column[0]} RENAME COLUMN away TO `{column[1]}`");

            if (result is DeliveryResult.Deferred deferred)
            {
                Assert.Contains($"{column[0]}.{column[1]} missing", deferred.Reason, StringComparison.Ordinal);
                needed.Add($"{column[0]}.{column[1]}");
            }
            else
            {
                Assert.Equal(StoredAs.NewTicket, Assert.IsType<DeliveryResult.Stored>(result).As);
            }
        }

        Assert.Equal(Pipe.Store.Sql.StoreSchema.NeededColumns.Select(name => "ost_" + name).Order(StringComparer.Ordinal), needed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_column_that_a_known_schema_lacks_is_named()
    {
        var desk = MariaDbStore.Create();
        desk.Execute("ALTER TABLE ost_thread_collaborator DROP COLUMN role");

        var mail = Mails.From("joe@example.net") with { Recipients = [new(RecipientField.To, "support@acme.test", "Support"), new(RecipientField.Cc, "ann@example.org", "Ann")] };
        var deferred = Assert.IsType<DeliveryResult.Deferred>(desk.Deliver(mail));

        Assert.Contains("ost_thread_collaborator.role missing", deferred.Reason, StringComparison.Ordinal);
    }

    private static StoreUnderTest NewDesk(string engine)
    {
        var desk = MariaDbStore.Create(engine);
        desk.Set("schema_signature", OtherSignature);
        return desk;
    }
}
