namespace Pipe.Store.Tests;

/// <summary>Whose ticket a mail becomes, and what it belongs to, where header fields are unusual. The same for every database.</summary>
public abstract class SenderTests
{
    private const string OwnerSql = """
        SELECT e.address, u.name FROM ost_ticket t JOIN ost_user u ON u.id = t.user_id JOIN ost_user_email e ON e.id = u.default_email_id
         ORDER BY t.ticket_id DESC LIMIT 1
        """;

    private StoreUnderTest? _desk;

    private protected StoreUnderTest Desk => _desk ??= NewStore();

    private protected abstract StoreUnderTest NewStore();

    [Theory]
    [InlineData("Łucja Żak <łucja.żak@sklep.example>", "łucja.żak@sklep.example|Łucja Żak")]
    [InlineData("Noël <\"noël d\"@brasserie.example>", "\"noël d\"@brasserie.example|Noël")]
    [InlineData("\"Carla Boss carla@bank.example\" <ü@evil.example>", "ü@evil.example|Carla Boss carla@bank.example")]
    [InlineData("Max <max..m@keitai.example>", "max..m@keitai.example|Max")]
    [InlineData("Müller, Hans <hans@example.net>", "hans@example.net|Hans Müller")]
    [InlineData("=?utf-8?Q?Max_M=C3=BCller_=3Cmax=40example=2Enet=3E?=", "max@example.net|Max Müller")]
    public void The_owner_has_the_address_as_it_is_written(string from, string owner)
    {
        Desk.Stored($"From: {from}\nTo: support@acme.test\nSubject: s\nMessage-ID: <a@x>\n\nx");

        Assert.Equal(owner, Desk.Row(OwnerSql));
    }

    [Theory]
    [InlineData("From: Mail Delivery Subsystem <MAILER-DAEMON>\n", "Mail Delivery Subsystem (MAILER-DAEMON)")]
    [InlineData("From: Front Desk <front desk@hotel.example>\n", "Front Desk (front desk@hotel.example)")]
    [InlineData("From: Joe <joe@localhost>\n", "Joe (joe@localhost)")]
    [InlineData("From: unknown-sender@pipe.invalid\n", "unknown-sender@pipe.invalid")]
    [InlineData("From: \n", "Unknown sender")]
    [InlineData("", "Unknown sender")]
    public void A_mail_that_names_nobody_is_a_ticket_of_its_own_subject_and_text(string from, string poster)
    {
        Desk.Set("max_open_tickets", "1");
        Desk.Stored(from + "To: support@acme.test\nSubject: Alarm in hall 4\nMessage-ID: <a@x>\n\nPump stopped\n");
        string number = Desk.Stored(from + "To: support@acme.test\nSubject: Alarm in hall 5\nMessage-ID: <b@x>\n\nFan stopped\n").TicketNumber;

        Assert.Equal("unknown-sender@pipe.invalid|Unknown sender", Desk.Row(OwnerSql));
        Assert.Equal(
            [$"Alarm in hall 4|Pump stopped|{poster}", $"Alarm in hall 5|Fan stopped|{poster}"],
            Desk.Rows("SELECT title, body, poster FROM ost_thread_entry ORDER BY id"));
        Assert.Equal("0", Desk.Row("SELECT COUNT(*) FROM ost_syslog"));

        // Nobody who is unknown knows another one's ticket.
        Assert.Equal(StoredAs.NewTicket, Desk.Stored($"{from}Subject: Re: [#{number}]\nMessage-ID: <c@x>\n\nx\n").As);
    }

    [Fact]
    public void What_is_no_mail_is_nobodys_ticket()
    {
        Assert.IsType<DeliveryResult.Unacceptable>(Desk.Deliver("no mail at all"));
        Assert.Equal("Warning|API Error (500)", Desk.Row("SELECT log_type, title FROM ost_syslog"));
        Assert.Equal("0", Desk.Row("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void Where_only_registered_senders_are_let_in_nobody_is_not_one()
    {
        Desk.Stored("Subject: s\n\none");
        Desk.Set("accept_unregistered_email", "0");

        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver("Subject: s\nX: y\n\ntwo"));
    }

    [Fact]
    public void An_address_that_does_not_fit_its_column_is_nobodys()
    {
        Desk.Stored($"From: {new string('a', 250)}@example.net\nSubject: s\n\nx");

        Assert.Equal("unknown-sender@pipe.invalid|Unknown sender", Desk.Row(OwnerSql));
    }

    // The columns of osTicket's tables compare without regard to accents and have unique indexes.
    [Theory]
    [InlineData("rené@example.net", "rene@example.net")]
    [InlineData("rene@example.net", "rené@example.net")]
    public void People_whose_addresses_differ_only_in_accents_are_not_taken_for_each_other(string first, string second)
    {
        Desk.Stored($"From: {first}\nSubject: one\nMessage-ID: <a@x>\n\nx");
        string number = Desk.Row("SELECT number FROM ost_ticket");

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(StoredAs.NewTicket, Desk.Stored($"From: {second}\nCc: {second}\nTo: support@acme.test\nSubject: Re: [#{number}]\nMessage-ID: <b{i}@x>\n\nx").As);
            Assert.DoesNotContain(first, Desk.Row(OwnerSql), StringComparison.Ordinal);
        }

        Desk.Stored($"From: {first}\nTo: support@acme.test\nCc: {second}\nSubject: two\nMessage-ID: <c@x>\n\nx");
        Assert.StartsWith(first, Desk.Row(OwnerSql), StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_whose_address_differs_from_an_agents_in_an_accent_is_no_agent()
    {
        Desk.Stored("From: joe@example.net\nSubject: one\nMessage-ID: <a@x>\n\nx");
        Desk.Stored("From: adà@acme.test\nSubject: other\nMessage-ID: <b@x>\n\nx");
        Desk.Stored("From: adà@acme.test\nSubject: Re: one\nIn-Reply-To: <a@x>\nMessage-ID: <c@x>\n\nx");

        Assert.Equal("M|32", Desk.Row("SELECT type, flags & 32 FROM ost_thread_entry WHERE thread_id = 1 AND pid > 0"));
    }

    [Theory]
    [InlineData("Reply-To: Jane Doe <jane@example.net>")]
    [InlineData("Reply-To: <support@acme.test>, <jane@example.net>")]
    [InlineData("X-Original-From: jane@example.net\nReply-To: support@acme.test")]
    [InlineData("X-Original-Sender: jane@example.net")]
    public void A_mail_that_comes_from_our_own_address_by_a_group_is_the_persons_behind_it(string fields)
    {
        const string From = "From: 'Jane Doe' via Support <Support@acme.test>\nTo: support@acme.test\n";
        Desk.Stored($"{From}{fields}\nSubject: My printer\nMessage-ID: <a@x>\n\nx");
        Assert.Equal("jane@example.net|Jane Doe", Desk.Row(OwnerSql));

        Assert.Equal(StoredAs.Reply, Desk.Stored($"{From}{fields}\nSubject: Re: My printer\nIn-Reply-To: <a@x>\nMessage-ID: <b@x>\n\ny").As);
        Assert.Equal(["1|Jane Doe", "1|Jane Doe"], Desk.Rows("SELECT user_id, poster FROM ost_thread_entry ORDER BY id"));
    }

    [Fact]
    public void A_mail_of_our_own_address_that_names_nobody_else_stays_ours()
    {
        Desk.Stored("From: Support <support@acme.test>\nReply-To: sales@acme.test\nSubject: s\nMessage-ID: <a@x>\n\nx");

        Assert.Equal("support@acme.test|Support", Desk.Row(OwnerSql));
    }

    [Fact]
    public void A_customer_who_wants_no_automatic_answer_opens_a_closed_ticket_again()
    {
        Desk.Stored("From: joe@example.net\nSubject: one\nMessage-ID: <a@x>\n\nx");
        Desk.Execute("UPDATE ost_ticket SET status_id = 3");
        Desk.Stored("From: joe@example.net\nSubject: Re: one\nX-Auto-Response-Suppress: All\nIn-Reply-To: <a@x>\nMessage-ID: <b@x>\n\ny");

        Assert.Equal("1", Desk.Row("SELECT status_id FROM ost_ticket"));
    }

    [Theory]
    [InlineData("one", "another text", StoredAs.NewTicket)]
    [InlineData("another subject", "text", StoredAs.NewTicket)]
    [InlineData("one", "text", StoredAs.Duplicate)]
    public void A_message_id_in_other_letters_is_another_one_if_the_mail_is_another(string subject, string text, StoredAs expected)
    {
        const string Fields = "From: joe@example.net\nTo: support@acme.test\nDate: Mon, 3 Mar 2025 17:40:05 +0100\n";
        string second = $"{Fields}Subject: {subject}\nMessage-ID: <kX7t@x>\n\n{text}";
        Desk.Stored($"{Fields}Subject: one\nMessage-ID: <Kx7T@x>\n\ntext");

        Assert.Equal(expected, Desk.Stored(second).As);
        Assert.Equal(StoredAs.Duplicate, Desk.Stored(second).As);
        Assert.Equal(StoredAs.Duplicate, Desk.Stored($"{Fields}Subject: one\nMessage-ID: <Kx7T@x>\n\ntext").As);

        // An answer goes to the mail whose letters it cites.
        Desk.Stored("From: joe@example.net\nSubject: Re\nIn-Reply-To: <kX7t@x>\nMessage-ID: <c@x>\n\nanswer");
        Assert.Equal(expected == StoredAs.NewTicket ? "2" : "1", Desk.Row("SELECT thread_id FROM ost_thread_entry WHERE body = 'answer'"));
    }

    [Theory]
    [InlineData("<orig-1@x>", "=?utf-8?Q?=3Corig-1=40x=3E?=", "=?utf-8?Q?=3Corig-1=40x=3E?=")]
    [InlineData("<orig-1@x>", "orig-1@x", "")]
    [InlineData("<orig-1@x>", "", "<other@x> =?utf-8?q?=3Corig?=\n =?utf-8?q?-1=40x=3E?=")]
    [InlineData("=?utf-8?q?=3Corig-1=40?=\n =?utf-8?q?x=3E?=", "<orig-1@x>", "")]
    [InlineData("MFP-7@copier", "<MFP-7@copier>", "")]
    [InlineData("<MFP-8@copier", "", "<MFP-8@copier>")]
    public void An_answer_finds_its_ticket_however_the_identifiers_are_written(string id, string inReplyTo, string references)
    {
        Desk.Stored($"From: joe@example.net\nSubject: one\nMessage-ID: {id}\n\nx");
        string fields = (inReplyTo.Length > 0 ? $"In-Reply-To: {inReplyTo}\n" : "") + (references.Length > 0 ? $"References: {references}\n" : "");

        Assert.Equal(StoredAs.Reply, Desk.Stored($"From: joe@example.net\nSubject: Re: one\n{fields}Message-ID: <e7@x>\n\ny").As);
    }

    [Fact]
    public void A_denial_lasts_as_long_as_its_cause()
    {
        const string Ban = "INSERT INTO ost_filter_rule (filter_id, what, how, val, isactive, notes, created, updated) "
            + "VALUES (1, 'email', 'equal', 'gil@example.net', 1, '', '2025-01-01 00:00:00', '2025-01-01 00:00:00')";
        const string Mail = "From: gil@example.net\nSubject: one\nMessage-ID: <a@x>\n\nx";
        Desk.Execute(Ban);
        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Mail));
        Assert.Equal(StoredAs.NewTicket, Desk.Stored("From: joe@example.net\nSubject: two\nMessage-ID: <a@x>\n\ny").As);

        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Mail.Replace("<a@x>", "<b@x>", StringComparison.Ordinal)));
        Desk.Execute("DELETE FROM ost_filter_rule WHERE val = 'gil@example.net'");
        Assert.Equal(StoredAs.NewTicket, Desk.Stored(Mail.Replace("<a@x>", "<b@x>", StringComparison.Ordinal)).As);
        Assert.Equal(StoredAs.Duplicate, Desk.Stored(Mail.Replace("<a@x>", "<b@x>", StringComparison.Ordinal)).As);
        Assert.Equal("2", Desk.Row("SELECT COUNT(*) FROM ost_ticket"));
    }

    [Fact]
    public void A_subject_keeps_what_stands_in_angle_brackets()
    {
        Desk.Stored("From: joe@example.net\nSubject: Compile error in List<String> and <b>\nMessage-ID: <a@x>\n\nx");

        Assert.Equal("Compile error in List<String> and <b>", Desk.Archive.List(1)[0].Subject);
        Assert.Equal("Compile error in List&lt;String&gt; and &lt;b&gt;", Desk.Row("SELECT title FROM ost_thread_entry"));
    }
}
