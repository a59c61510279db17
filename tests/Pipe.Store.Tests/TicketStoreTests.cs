using Pipe.Tickets.Threading;

namespace Pipe.Store.Tests;

/// <summary>What mail becomes in the store; the same for every database.</summary>
public abstract class TicketStoreTests
{
    private StoreUnderTest? _desk;

    private StoreUnderTest Desk => _desk ??= NewStore();

    protected abstract StoreUnderTest NewStore();

    [Fact]
    public void A_mail_from_somebody_new_opens_a_ticket_with_its_user()
    {
        var stored = Desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal(StoredAs.NewTicket, stored.As);
        Assert.Equal(6, stored.TicketNumber.Length);
        Assert.Equal("1|1|1|1|0|Email|0|0", Desk.Row("SELECT user_id, status_id, dept_id, sla_id, topic_id, source, staff_id, isanswered FROM ost_ticket"));
        Assert.Equal("1|0|Joe Tester", Desk.Row("SELECT default_email_id, org_id, name FROM ost_user"));
        Assert.Equal("1|joe@example.net", Desk.Row("SELECT user_id, address FROM ost_user_email"));
        Assert.Equal(
            "0|1|1|M|513|Joe Tester|Email|Coffee machine leaks|It leaks since Monday.|text|{\"to\":[\"Support <support@acme.test>\"]}",
            Desk.Row("SELECT pid, thread_id, user_id, type, flags, poster, source, title, body, format, recipients FROM ost_thread_entry"));
        Assert.Equal(["Coffee machine leaks|-", "Normal|2"], Desk.Rows("SELECT v.value, v.value_id FROM ost_form_entry_values v JOIN ost_form_entry f ON f.id = v.entry_id WHERE f.object_type = 'T' ORDER BY v.field_id"));
        Assert.Equal("Coffee machine leaks|2", Desk.Row("SELECT subject, priority FROM ost_ticket__cdata"));
        Assert.Equal("1|1|SYSTEM|1|U|-", Desk.Row("SELECT event_id, dept_id, username, uid, uid_type, data FROM ost_thread_event"));
        Assert.Equal(["H|Coffee machine leaks", $"T|{stored.TicketNumber} Coffee machine leaks", "U|Joe Tester"], Desk.Rows("SELECT object_type, title FROM ost__search ORDER BY object_type"));
    }

    [Fact]
    public void A_mail_that_comes_twice_is_one_ticket()
    {
        var mail = Mails.From("joe@example.net");
        var first = Desk.Stored(mail);
        var second = Desk.Stored(mail with { Subject = "changed on the way" });

        Assert.Equal(StoredAs.Duplicate, second.As);
        Assert.Equal(first.TicketNumber, second.TicketNumber);
        Assert.Equal("1|1", Desk.Row("SELECT (SELECT COUNT(*) FROM ost_ticket), (SELECT COUNT(*) FROM ost_thread_entry)"));
    }

    [Theory]
    [InlineData(BodyFormat.Text, "It leaks.", "It leaks.", false)]
    [InlineData(BodyFormat.Text, "It leaks.", "It leaks.\n--\nthe list", true)]
    [InlineData(BodyFormat.Html, "<p>It leaks.</p>", "<p>It leaks.</p>", false)]
    [InlineData(BodyFormat.Html, "<p>It leaks.</p>", "<p>It leaks!</p>", true)]
    [InlineData(BodyFormat.Html, "<p>It leaks.</p>", "<p>It leaks! <img src=\"cid:x\"></p>", false)]
    public void A_message_id_that_comes_again_with_another_text_is_noted_in_the_log(BodyFormat format, string first, string second, bool isNoted)
    {
        var mail = Mails.From("joe@example.net") with { Body = new MailBody(format, first) };
        Desk.Stored(mail);

        Assert.Equal(StoredAs.Duplicate, Desk.Stored(mail with { Body = new MailBody(format, second) }).As);
        Assert.Equal(isNoted ? 1 : 0, Desk.LastTrace.Warnings.Count(warning => warning.Contains("another text", StringComparison.Ordinal)));
    }

    // A stranger who knows a customer's Message-ID may send a mail of his own under it, before the customer's arrives.
    [Theory]
    [InlineData("From: eve@example.org", "From: joe@example.net", "It leaks.", "It still leaks.", StoredAs.NewTicket)]
    [InlineData("From: eve@example.org", "From: joe@example.net", "It leaks.", "It leaks.", StoredAs.Duplicate)]
    [InlineData("From: Joe <joe@example.net>", "From: Joe via Help <help@list.test>\nReply-To: joe@example.net", "It leaks.", "It leaks.\n--\nthe list", StoredAs.Duplicate)]
    [InlineData("From: Joe <joe@example.net>", "From: Joe via Help <help@list.test>\nX-Original-From: Joe@Example.Net", "It leaks.", "It leaks.\n--\nthe list", StoredAs.Duplicate)]
    public void A_message_id_that_comes_again_by_another_author_with_another_text_is_another_message(
        string firstAuthor, string secondAuthor, string first, string second, StoredAs expected)
    {
        const string Date = "\nDate: Sat, 28 Nov 2026 10:00:00 +0000";
        var mail = Mails.From("joe@example.net", "Coffee", first) with { Header = firstAuthor + Date };
        Desk.Stored(mail);

        Assert.Equal(expected, Desk.Stored(mail with { Body = new MailBody(BodyFormat.Text, second), Header = secondAuthor + Date }).As);
    }

    [Fact]
    public void A_message_id_in_other_letters_is_the_same_message()
    {
        var mail = Mails.From("joe@example.net");
        Desk.Stored(mail);

        Assert.Equal(StoredAs.Duplicate, Desk.Stored(mail with { MessageId = mail.MessageId.ToUpperInvariant() }).As);
    }

    [Fact]
    public void A_message_id_longer_than_its_column_is_recognised_again()
    {
        var mail = Mails.From("joe@example.net") with { MessageId = "<" + new string('x', 400) + "@example.net>" };
        Desk.Stored(mail);

        Assert.Equal(StoredAs.Duplicate, Desk.Stored(mail).As);
    }

    [Fact]
    public void An_answer_of_the_owner_to_his_own_mail_joins_the_ticket()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        Desk.Execute("UPDATE ost_ticket SET isanswered = 1");
        var reply = Desk.Stored(Mails.From("joe@example.net", "Re: Coffee", "Still.") with { InReplyTo = first.MessageId });

        Assert.Equal(StoredAs.Reply, reply.As);
        Assert.Equal("1|1|1|M|512|-|Still.", Desk.Row("SELECT pid, thread_id, user_id, type, flags, title, body FROM ost_thread_entry WHERE id = 2"));
        Assert.Equal("0|1", Desk.Row("SELECT isanswered, status_id FROM ost_ticket"));
    }

    [Theory]
    [InlineData(AddresseeClass.Owner, 1u, "joe@example.net", "M|1|0|512")]
    [InlineData(AddresseeClass.Owner, 1u, "stranger@example.org", "M|1|0|512")]
    [InlineData(AddresseeClass.Agent, 1u, "ada@acme.test", "N|0|1|512")]
    [InlineData(AddresseeClass.Several, 0u, "joe@example.net", "M|1|0|512")]
    [InlineData(AddresseeClass.Several, 0u, "stranger@example.org", "M|0|0|640")]
    public void An_answer_to_a_signed_message_id_is_posted_as_its_addressee(AddresseeClass addressee, uint person, string sender, string expected)
    {
        Desk.Stored(Mails.From("joe@example.net"));
        string signed = new TicketMessageId(addressee, person, 1, 1).Encode("support@acme.test", StoreUnderTest.Salt);
        Desk.Stored(Mails.From(sender, "Re: Coffee", "Text.") with { References = $"<other@example.net> <{signed}>" });

        Assert.Equal(expected, Desk.Row("SELECT type, user_id, staff_id, flags FROM ost_thread_entry WHERE id = 2"));
    }

    [Fact]
    public void A_signature_of_another_installation_opens_a_ticket()
    {
        Desk.Stored(Mails.From("joe@example.net"));
        string foreign = new TicketMessageId(AddresseeClass.Owner, 1, 1, 1).Encode("support@acme.test", "another salt");

        Assert.Equal(StoredAs.NewTicket, Desk.Stored(Mails.From("joe@example.net") with { InReplyTo = $"<{foreign}>" }).As);
    }

    [Fact]
    public void The_help_desks_own_mail_coming_back_is_discarded()
    {
        Desk.Stored(Mails.From("joe@example.net"));
        string own = new TicketMessageId(AddresseeClass.Owner, 1, 1, 1).Encode("support@acme.test", StoreUnderTest.Salt);

        Assert.IsType<DeliveryResult.Discarded>(Desk.Deliver(Mails.From("joe@example.net") with { MessageId = $"<{own}>" }));
        Assert.Equal("Error|Email loop detected", Desk.Row("SELECT log_type, title FROM ost_syslog"));
        Assert.Equal("1", Desk.Row("SELECT COUNT(*) FROM ost_thread_entry"));
    }

    [Fact]
    public void A_known_user_who_answers_somebody_elses_ticket_becomes_its_collaborator()
    {
        Desk.Stored(Mails.From("eve@example.org", "Something else"));
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        Desk.Stored(Mails.From("eve@example.org", "Re: Coffee") with { InReplyTo = first.MessageId });

        Assert.Equal("1|M|544", Desk.Row("SELECT user_id, type, flags FROM ost_thread_entry WHERE id = 3"));
        Assert.Equal("3|2|1|M", Desk.Row("SELECT flags, thread_id, user_id, role FROM ost_thread_collaborator"));
        Assert.Equal("{\"add\":{\"1\":{\"name\":\"Joe Tester\"}}}|-|S", Desk.Row("SELECT data, uid, uid_type FROM ost_thread_event WHERE event_id = 12"));
    }

    [Fact]
    public void A_stranger_who_answers_is_named_in_the_entry()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        Desk.Stored(Mails.From("stranger@example.org", "Re: Coffee", "Me too.") with { References = first.MessageId });

        string body = Desk.Row("SELECT body FROM ost_thread_entry WHERE id = 2");
        Assert.Contains("stranger@example.org", body, StringComparison.Ordinal);
        Assert.Contains("Me too.", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("joe@example.net", StoredAs.Reply)]
    [InlineData("eve@example.org", StoredAs.NewTicket)]
    public void The_number_in_the_subject_counts_for_people_on_the_ticket(string sender, StoredAs expected)
    {
        Desk.Stored(Mails.From("eve@example.org", "Something else"));
        string number = Desk.Stored(Mails.From("joe@example.net")).TicketNumber;

        Assert.Equal(expected, Desk.Stored(Mails.From(sender, $"Re: [#{number}] Coffee")).As);
    }

    [Fact]
    public void An_answer_opens_a_closed_ticket_again()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        Desk.Execute("UPDATE ost_ticket SET status_id = 3, closed = '2025-01-01 00:00:00', staff_id = 1");
        Desk.Execute("INSERT INTO ost_thread_event (thread_id, thread_type, event_id, staff_id, team_id, dept_id, topic_id, timestamp) VALUES (1, 'T', 2, 1, 0, 1, 0, '2025-01-01 00:00:00')");
        Desk.Stored(Mails.From("joe@example.net") with { InReplyTo = first.MessageId });

        Assert.Equal("1|-|1", Desk.Row("SELECT status_id, closed, staff_id FROM ost_ticket"));
        Assert.Equal(["1|0", "2|1", "3|0"], Desk.Rows("SELECT event_id, annulled FROM ost_thread_event ORDER BY event_id"));
    }

    [Fact]
    public void An_automatic_answer_leaves_a_closed_ticket_closed()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        Desk.Execute("UPDATE ost_ticket SET status_id = 3");

        Assert.Equal(StoredAs.Reply, Desk.Stored(Mails.From("joe@example.net") with { InReplyTo = first.MessageId, IsAutoReply = true }).As);
        Assert.Equal("3", Desk.Row("SELECT status_id FROM ost_ticket"));
    }

    [Fact]
    public void A_ticket_that_cannot_be_reopened_gives_way_to_a_new_one()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        Desk.Execute("UPDATE ost_ticket SET status_id = 3");
        Desk.Execute("UPDATE ost_ticket_status SET properties = '{\"allowreopen\":false}' WHERE id = 3");

        Assert.Equal(StoredAs.NewTicket, Desk.Stored(Mails.From("joe@example.net") with { InReplyTo = first.MessageId }).As);
    }

    [Fact]
    public void People_in_cc_become_collaborators_once()
    {
        var mail = Mails.From("joe@example.net") with
        {
            Recipients =
            [
                new(RecipientField.To, "support@acme.test", "Support"),
                new(RecipientField.Cc, "ann@example.org", "Ann"),
                new(RecipientField.Cc, "ANN@example.org", "Ann again"),
                new(RecipientField.Cc, "joe@example.net", "Joe"),
                new(RecipientField.Cc, "root@localhost", ""),
            ],
        };
        Desk.Stored(mail);

        Assert.Equal("3|2", Desk.Row("SELECT flags, user_id FROM ost_thread_collaborator"));
        Assert.Equal("{\"add\":{\"2\":{\"name\":\"Ann\",\"src\":\"Email (cc)\"}}}|1|U", Desk.Row("SELECT data, uid, uid_type FROM ost_thread_event WHERE event_id = 12"));
        Assert.Equal("2", Desk.Row("SELECT COUNT(*) FROM ost_user"));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5_000)]
    public void Many_people_in_cc_get_the_rows_that_each_alone_would_get(int count)
    {
        Desk.Execute("INSERT INTO ost_user_email (user_id, flags, address) VALUES (0, 0, 'orphan@example.org')");
        Desk.Execute("INSERT INTO ost_organization (id, name, domain, extra, created, updated) VALUES (5, 'Three', 'p3.example', '', '2025-01-01 00:00:00', '2025-01-01 00:00:00')");
        Desk.Stored(Mails.From("known@example.org"));
        List<MailRecipient> people = [new(RecipientField.To, "support@acme.test", "Support"), new(RecipientField.Cc, "KNOWN@example.org", ""), new(RecipientField.Cc, "orphan@example.org", "O'Neil"), new(RecipientField.Cc, "not an address", "x")];
        for (int i = 0; i < count; i++)
            people.Add(new(RecipientField.Cc, $"p{i}@p{i}.example", i % 2 == 0 ? "" : $"P\u00e9rson {i}"));
        people.Add(new(RecipientField.Cc, "P0@P0.example", "again"));

        Desk.Stored(Mails.From("joe@example.net") with { Recipients = people });

        Assert.Equal($"{count + 2}|{count + 2}", Desk.Row("SELECT COUNT(*), COUNT(DISTINCT user_id) FROM ost_thread_collaborator WHERE thread_id = 2 AND flags = 3 AND role = 'M'"));
        Assert.Equal(["orphan@example.org|O'Neil|0", "p0@p0.example|p0|0", "p1@p1.example|P\u00e9rson 1|0", "p2@p2.example|p2|0", "p3@p3.example|P\u00e9rson 3|5"],
            Desk.Rows("SELECT a.address, u.name, u.org_id FROM ost_user u JOIN ost_user_email a ON a.id = u.default_email_id AND a.user_id = u.id WHERE u.id > 2 ORDER BY u.id LIMIT 5"));
        Assert.Equal($"{count + 3}|{count + 3}", Desk.Row("SELECT COUNT(*), COUNT(DISTINCT default_email_id) FROM ost_user"));
        Assert.Equal($"{count + 3}", Desk.Row("SELECT COUNT(*) FROM ost_user u JOIN ost_user_email a ON a.id = u.default_email_id AND a.user_id = u.id"));
        Assert.Equal($"{count + 3}|{2 * (count + 3)}", Desk.Row("SELECT COUNT(DISTINCT f.object_id), COUNT(*) FROM ost_form_entry f JOIN ost_form_entry_values v ON v.entry_id = f.id WHERE f.object_type = 'U' AND f.form_id = 1"));
        Assert.Equal($"{count + 3}", Desk.Row("SELECT COUNT(*) FROM ost_user__cdata WHERE phone = ''"));
        Assert.Equal($"{count + 3}", Desk.Row("SELECT COUNT(*) FROM ost__search s JOIN ost_user u ON u.id = s.object_id AND u.name = s.title WHERE s.object_type = 'U'"));
    }

    [Fact]
    public void Sixty_people_in_cc_leave_events_whose_json_is_whole()
    {
        var recipients = new List<MailRecipient> { new(RecipientField.To, "support@acme.test", "") };
        for (int i = 0; i < 60; i++)
            recipients.Add(new(RecipientField.Cc, $"person{i}@example.org", $"Person {i}"));
        Desk.Stored(Mails.From("joe@example.net") with { Recipients = recipients });

        var events = Desk.Rows("SELECT data FROM ost_thread_event WHERE event_id = 12 ORDER BY id");
        Assert.All(events, data => Assert.True(data.Length <= 1024 && data.EndsWith("}}}", StringComparison.Ordinal)));
        Assert.Equal(60, events.Sum(data => data.Split("\"src\"").Length - 1));
    }

    [Fact]
    public void A_copy_to_a_second_department_refers_the_ticket()
    {
        var mail = Mails.From("joe@example.net") with
        {
            Recipients = [new(RecipientField.To, "sales@acme.test", "Sales"), new(RecipientField.Cc, "support@acme.test", "Support")],
        };
        Desk.Stored(mail);
        Desk.Stored(mail);

        Assert.Equal("2|2", Desk.Row("SELECT dept_id, email_id FROM ost_ticket"));
        Assert.Equal("1|D", Desk.Row("SELECT object_id, object_type FROM ost_thread_referral"));
        Assert.Equal("{\"dept\":1}", Desk.Row("SELECT data FROM ost_thread_event WHERE event_id = 7"));
    }

    [Fact]
    public void The_envelope_decides_the_mailbox_when_the_header_names_none()
    {
        var mail = Mails.From("joe@example.net") with { Recipients = [new(RecipientField.To, "list@example.org", "")] };
        Desk.Stored(mail, new Envelope(Recipient: "Sales@acme.test"));

        Assert.Equal("2|2", Desk.Row("SELECT dept_id, email_id FROM ost_ticket"));
    }

    [Fact]
    public void The_same_list_mail_for_two_mailboxes_is_one_ticket_that_both_departments_see()
    {
        var mail = Mails.From("joe@example.net") with { Recipients = [new(RecipientField.To, "list@example.org", "")] };
        Desk.Stored(mail, new Envelope(Recipient: "support@acme.test"));

        Assert.Equal(StoredAs.Duplicate, Desk.Stored(mail, new Envelope(Recipient: "sales@acme.test")).As);
        Assert.Equal("1|2", Desk.Row("SELECT t.dept_id, r.object_id FROM ost_ticket t JOIN ost_thread_referral r ON r.thread_id = 1"));
    }

    [Fact]
    public void A_mail_without_an_author_belongs_to_the_envelope_sender()
    {
        Desk.Stored(Mails.From("joe@example.net") with { Sender = null }, new Envelope(Sender: "bounce@example.org"));

        Assert.Equal("bounce@example.org", Desk.Row("SELECT address FROM ost_user_email"));
    }

    [Fact]
    public void A_banned_sender_is_refused_and_a_second_try_writes_nothing()
    {
        Desk.Execute("INSERT INTO ost_filter_rule (filter_id, what, how, val, isactive, notes, created, updated) VALUES (1, 'email', 'equal', 'spam@example.org', 1, '', '2025-01-01 00:00:00', '2025-01-01 00:00:00')");
        var mail = Mails.From("SPAM@example.org");

        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(mail));
        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(mail));
        Assert.Equal(["Ticket denied", "API Error (403)"], Desk.Rows("SELECT title FROM ost_syslog ORDER BY log_id"));
        Assert.Equal("0|-", Desk.Row("SELECT thread_entry_id, headers FROM ost_thread_entry_email"));
        Assert.Equal("0|0", Desk.Row("SELECT (SELECT COUNT(*) FROM ost_user), (SELECT COUNT(*) FROM ost_ticket)"));
    }

    [Fact]
    public void A_filter_decides_what_a_ticket_becomes()
    {
        Desk.AddFilter(
            10, "field.20", "contains", "coffee",
            ("dept", "{\"dept_id\":2}"), ("pri", "{\"priority\":\"4\"}"), ("sla", "{\"sla_id\":1}"), ("team", "{\"team_id\":1}"), ("agent", "{\"staff_id\":1}"));
        Desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal("2|1|1|1", Desk.Row("SELECT dept_id, staff_id, team_id, sla_id FROM ost_ticket"));
        Assert.Equal("4", Desk.Row("SELECT priority FROM ost_ticket__cdata"));
        Assert.Equal(
            [
                "1|-|0|0", "9|{\"value\":\"Sales\",\"filter\":\"Filter 10\",\"type\":\"Department\"}|0|0",
                "9|{\"value\":\"Emergency\",\"filter\":\"Filter 10\",\"type\":\"Priority\"}|0|0",
                "9|{\"value\":\"Default SLA\",\"filter\":\"Filter 10\",\"type\":\"SLA\"}|0|0",
                "9|{\"value\":\"Level I Support\",\"filter\":\"Filter 10\",\"type\":\"Team\"}|0|0",
                "9|{\"value\":\"Ada Root\",\"filter\":\"Filter 10\",\"type\":\"Agent\"}|0|0",
                "4|{\"staff\":1}|1|0", "4|{\"team\":1}|1|1",
            ],
            Desk.Rows("SELECT event_id, data, staff_id, team_id FROM ost_thread_event ORDER BY id"));
    }

    [Fact]
    public void A_canned_response_knows_the_names_that_mails_know()
    {
        Desk.Set("helpdesk_url", "https://desk.acme.test/");
        Desk.Execute("INSERT INTO ost_canned_response (canned_id, isenabled, title, response, created, updated) VALUES (1, 1, 'x', '%{ticket.name.first}|%{ticket.number}|%{ticket.status}|%{ticket.dept.name}|%{ticket.subject}|%{ticket.priority}|%{recipient.name.last}|%{ticket.user.email}|%{url}|%{ticket.staff}|%{nobody.knows}', '2025-01-01 00:00:00', '2025-01-01 00:00:00')");
        Desk.AddFilter(10, "field.20", "contains", "coffee", ("canned", "{\"canned_id\":1}"), ("agent", "{\"staff_id\":1}"));
        var stored = Desk.Stored(Mails.From("joe@example.net", subject: "coffee & tea %{url}"));

        Assert.Equal(
            $"Joe|{stored.TicketNumber}|Open|Support|coffee &amp; tea %{{url}}|Normal|Tester|joe@example.net|https://desk.acme.test|Ada Root|%{{nobody.knows}}",
            Desk.Row("SELECT body FROM ost_thread_entry WHERE type = 'R'"));
        Assert.Equal("1", Desk.Row("SELECT status_id FROM ost_ticket"));
    }

    [Fact]
    public void A_filter_that_rejects_refuses_by_its_name()
    {
        Desk.AddFilter(10, "email", "ends", "@example.net", ("reject", "{}"));

        var refused = Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Mails.From("joe@example.net")));
        Assert.Contains("Filter 10", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_may_give_the_ticket_to_the_reply_to_address()
    {
        Desk.AddFilter(10, "email", "equal", "form@example.net", ("replyto", "{}"));
        Desk.Stored(Mails.From("form@example.net") with { ReplyTo = new Correspondent("jane@example.org", "Jane") });

        Assert.Equal("jane@example.org|Jane", Desk.Row("SELECT e.address, u.name FROM ost_user u JOIN ost_user_email e ON e.user_id = u.id"));
    }

    [Fact]
    public void The_limit_of_open_tickets_is_announced_and_kept()
    {
        Desk.Set("max_open_tickets", "2");
        Desk.Stored(Mails.From("joe@example.net"));
        Desk.Stored(Mails.From("joe@example.net"));

        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Mails.From("joe@example.net")));
        Assert.Equal(
            ["Maximum Open Tickets Limit (joe@example.net)", "Ticket denied - joe@example.net", "API Error (500)"],
            Desk.Rows("SELECT title FROM ost_syslog ORDER BY log_id"));
    }

    [Fact]
    public void Only_registered_senders_are_let_in_where_the_settings_say_so()
    {
        Desk.Set("accept_unregistered_email", "0");
        Desk.Execute("INSERT INTO ost_organization (id, name, status, domain) VALUES (7, 'Example', 0, 'example.org, .branch.test')");

        Assert.IsType<DeliveryResult.Refused>(Desk.Deliver(Mails.From("joe@example.net")));
        Desk.Stored(Mails.From("ann@example.org"));
        Desk.Stored(Mails.From("bob@south.branch.test"));
        Assert.Equal(["7", "7"], Desk.Rows("SELECT org_id FROM ost_user"));
    }

    [Fact]
    public void Members_of_an_organisation_that_shares_become_collaborators_and_its_manager_the_agent()
    {
        Desk.Execute("INSERT INTO ost_organization (id, name, status, domain, manager) VALUES (7, 'Example', 5, 'example.org', 's1')");
        Desk.Stored(Mails.From("ann@example.org"));
        Desk.Stored(Mails.From("bob@example.org"));

        Assert.Equal("1", Desk.Row("SELECT user_id FROM ost_thread_collaborator WHERE thread_id = 2"));
        Assert.Equal(["{\"add\":{\"1\":{\"name\":\"Joe Tester\"}}}", "{\"org\":7}"], Desk.Rows("SELECT data FROM ost_thread_event WHERE thread_id = 2 AND event_id = 12 ORDER BY id"));
        Assert.Equal(["1", "1"], Desk.Rows("SELECT staff_id FROM ost_ticket"));
    }

    [Fact]
    public void Numbers_from_a_sequence_follow_each_other()
    {
        Desk.Set("ticket_sequence_id", "1");
        Desk.Set("ticket_number_format", "ABC-####");

        Assert.Equal("ABC-0001", Desk.Stored(Mails.From("joe@example.net")).TicketNumber);
        Assert.Equal("ABC-0002", Desk.Stored(Mails.From("joe@example.net")).TicketNumber);
        Assert.Equal("3", Desk.Row("SELECT next FROM ost_sequence WHERE id = 1"));
    }

    [Fact]
    public void Files_are_stored_once_in_pieces_and_come_back_as_they_were()
    {
        byte[] large = new byte[600_000];
        new Random(1).NextBytes(large);
        var mail = Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("a.pdf", large), BytesFile.Of("empty.txt", [])] };
        string number = Desk.Stored(mail).TicketNumber;
        Desk.Stored(Mails.From("ann@example.org") with { Attachments = [BytesFile.Of("other name.pdf", large)] });

        Assert.Equal(["512000", "88000"], Desk.Rows("SELECT LENGTH(filedata) FROM ost_file_chunk ORDER BY chunk_id"));
        Assert.Equal(["1|-", "2|-", "1|other name.pdf"], Desk.Rows("SELECT file_id, name FROM ost_attachment ORDER BY id"));
        var entry = Assert.Single(Desk.Archive.Find(number)!.Thread);
        using var copy = new MemoryStream();
        Desk.Archive.CopyFile(entry.Attachments[0].FileId, copy);
        Assert.Equal(large, copy.ToArray());
        Assert.Equal(0, entry.Attachments[1].Size);
    }

    [Theory]
    [InlineData("D", 0)]
    [InlineData("S3", 1)]
    [InlineData("F", 1)]
    public void Files_are_stored_in_the_database_also_where_a_plugin_is_to_keep_them_and_the_log_says_so(string backend, int warnings)
    {
        Desk.Set("default_storage_bk", backend);
        Desk.Stored(Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("a.pdf", "first"u8.ToArray()), BytesFile.Of("b.pdf", "second"u8.ToArray())] });

        Assert.Equal(["D|T|5|1", "D|T|6|1"], Desk.Rows("SELECT f.bk, f.ft, f.size, (SELECT COUNT(*) FROM ost_file_chunk c WHERE c.file_id = f.id) FROM ost_file f ORDER BY f.id"));
        Assert.Equal(warnings, Desk.LastTrace.Warnings.Count(warning => warning.Contains($"storage plugin \"{backend}\"", StringComparison.Ordinal)));

        Desk.Stored(Mails.From("joe@example.net"));
        Assert.Empty(Desk.LastTrace.Warnings);
    }

    [Fact]
    public void A_file_that_a_plugin_keeps_is_not_stored_again()
    {
        Desk.Stored(Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("a.pdf", "first"u8.ToArray())] });
        Desk.Execute("UPDATE ost_file SET bk = 'S'");
        Desk.Execute("DELETE FROM ost_file_chunk");
        Desk.Stored(Mails.From("ann@example.org") with { Attachments = [BytesFile.Of("a.pdf", "first"u8.ToArray())] });

        Assert.Equal(["1|1", "2|1"], Desk.Rows("SELECT object_id, file_id FROM ost_attachment ORDER BY id"));
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(600_000, 1)]
    [InlineData(512_000, 0)]
    public void A_file_whose_last_piece_was_never_written_is_stored_again(int size, int lastPiece)
    {
        byte[] content = new byte[size];
        Desk.Stored(Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("a.pdf", content)] });
        Desk.Stored(Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("a.pdf", content)] });
        Assert.Equal("1", Desk.Row("SELECT COUNT(*) FROM ost_file"));

        Desk.Execute($"DELETE FROM ost_file_chunk WHERE chunk_id = {lastPiece}");
        Desk.Stored(Mails.From("ann@example.org") with { Attachments = [BytesFile.Of("a.pdf", content)] });

        Assert.Equal("2", Desk.Row("SELECT file_id FROM ost_attachment WHERE object_id = 3"));
        Assert.Equal($"{size}", Desk.Row("SELECT SUM(LENGTH(filedata)) FROM ost_file_chunk WHERE file_id = 2"));
    }

    [Fact]
    public void The_signature_of_a_file_is_osTickets()
    {
        // The example of the public store description: this content has this signature, and the key ends so.
        Desk.Stored(Mails.From("joe@example.net") with { Attachments = [BytesFile.Of("x.pdf", "%PDF-1.4 xx"u8.ToArray())] });

        Assert.Equal("7YuQN_doeUB8ycTK0EXZgEC-wo9JrIkt", Desk.Row("SELECT signature FROM ost_file"));
        Assert.EndsWith("7YuQN_doeUB8ycTKvTrUfLjhJT0", Desk.Row("SELECT `key` FROM ost_file"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_too_long_for_its_column_is_kept_as_a_file()
    {
        Desk.Stored(Mails.From("joe@example.net", body: string.Concat(Enumerable.Repeat("0123456789 ", 6_000))));

        Assert.Equal("0|1|text/html", Desk.Row("SELECT LENGTH(e.body), a.inline, f.type FROM ost_thread_entry e JOIN ost_attachment a ON a.object_id = e.id JOIN ost_file f ON f.id = a.file_id"));
    }

    [Fact]
    public void A_custom_field_gets_its_rows_and_a_missing_column_does_no_harm()
    {
        Desk.Execute("INSERT INTO ost_form_field (id, form_id, flags, type, label, name, sort, created, updated) VALUES (50, 2, 1, 'bool', 'Urgent?', 'urgent', 9, '2025-01-01 00:00:00', '2025-01-01 00:00:00')");
        Desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal("0", Desk.Row("SELECT value FROM ost_form_entry_values WHERE field_id = 50"));
        Assert.Equal("Coffee machine leaks|2", Desk.Row("SELECT subject, priority FROM ost_ticket__cdata"));
    }

    [Fact]
    public void A_user_who_lost_his_row_gets_his_address_back()
    {
        Desk.Execute("INSERT INTO ost_user_email (id, user_id, flags, address) VALUES (9, 0, 0, 'joe@example.net')");
        Desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal("9|1", Desk.Row("SELECT id, user_id FROM ost_user_email"));
    }

    [Fact]
    public void Hostile_text_is_data_everywhere()
    {
        const string Attack = "'; DROP TABLE ost_ticket; -- \" ` $ @number \\";
        Desk.Stored(Mails.From("o'hara@example.net", Attack, Attack) with { Attachments = [BytesFile.Of(Attack, "x"u8.ToArray())] });

        Assert.Equal("1", Desk.Row("SELECT COUNT(*) FROM ost_ticket"));
        Assert.Equal("1", Desk.Row("SELECT COUNT(*) FROM ost_file WHERE name LIKE '%DROP TABLE%'"));
    }

    [Fact]
    public void A_missing_table_of_the_help_desk_defers_to_the_administrator()
    {
        Desk.Execute("DROP TABLE ost_thread_event");

        var deferred = Assert.IsType<DeliveryResult.Deferred>(Desk.Deliver(Mails.From("joe@example.net")));
        Assert.Equal(DeferralCause.Configuration, deferred.Cause);
        Assert.Equal("0|0", Desk.Row("SELECT (SELECT COUNT(*) FROM ost_ticket), (SELECT COUNT(*) FROM ost_user)"));
    }

    [Fact]
    public void A_missing_search_table_does_no_harm()
    {
        Desk.Execute("DROP TABLE ost__search");
        Desk.Execute("DROP TABLE ost_ticket__cdata");

        Assert.Equal(StoredAs.NewTicket, Desk.Stored(Mails.From("joe@example.net")).As);
    }

    [Fact]
    public void A_ticket_left_unfinished_by_a_dead_process_is_finished_by_the_next_delivery()
    {
        var mail = Mails.From("joe@example.net");
        Desk.Stored(mail);
        Desk.Execute("UPDATE ost_ticket SET status_id = 0");

        Desk.Stored(mail);
        Assert.Equal("1", Desk.Row("SELECT status_id FROM ost_ticket"));
    }

    [Fact]
    public void An_entry_left_unfinished_by_a_dead_process_does_not_stop_the_next_delivery()
    {
        var first = Mails.From("joe@example.net");
        Desk.Stored(first);
        var reply = Mails.From("joe@example.net") with { InReplyTo = first.MessageId };
        Desk.Stored(reply);
        Desk.Execute("UPDATE ost_thread_entry SET thread_id = 0 WHERE id = 2");

        Assert.Equal(StoredAs.Reply, Desk.Stored(reply).As);
        Assert.Equal("2", Desk.Row("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id = 1"));
    }

    [Fact]
    public void A_due_date_is_estimated_from_the_working_hours()
    {
        Desk.Stored(Mails.From("joe@example.net"));

        Assert.Equal("1", Desk.Row("SELECT COUNT(*) FROM ost_ticket WHERE est_duedate > created"));
    }

    [Fact]
    public void The_archive_lists_tickets_newest_first_and_shows_their_threads()
    {
        var first = Mails.From("joe@example.net");
        string number = Desk.Stored(first).TicketNumber;
        Desk.Stored(Mails.From("joe@example.net", "Re: Coffee", "Still.") with { InReplyTo = first.MessageId });
        Desk.Stored(Mails.From("ann@example.org", "Another"));

        Assert.Equal(["Another", "Coffee machine leaks"], Desk.Archive.List(10).Select(ticket => ticket.Subject));
        var ticket = Desk.Archive.Find(number)!;
        Assert.Equal(("Open", "Support", "Normal", "joe@example.net", 2), (ticket.Summary.Status, ticket.Summary.Department, ticket.Summary.Priority, ticket.Summary.Owner.Address, ticket.Summary.Entries));
        Assert.Equal(["It leaks since Monday.", "Still."], ticket.Thread.Select(entry => entry.Body));
        Assert.Equal(first.MessageId, ticket.Thread[0].MessageId);
        Assert.Null(Desk.Archive.Find("000000"));
    }
}
