using Pipe.Tickets.Threading;
using static Pipe.Tickets.Notifications.HelpDesk;

namespace Pipe.Tickets.Notifications;

public class NotificationPlannerTests
{
    [Fact]
    public void A_new_ticket_is_confirmed_to_its_owner_and_told_to_members_and_administrator()
    {
        var plan = Plan(Facts, NewTicket);

        Assert.Equal(
            ["TicketAutoresponse jane@example.test", "TicketAlert bob@acme.test", "TicketAlert ada@acme.test"], Sent(Facts, NewTicket));
        var confirmation = plan.Mails[0];
        Assert.Equal(MailClass.Autoreply, confirmation.Class);
        Assert.Equal("support@acme.test", confirmation.From.Address);
        Assert.Equal("<new@example.test>", confirmation.InReplyTo);
        Assert.Equal(["<first@example.test>", "<second@example.test>", "<new@example.test>"], confirmation.References);
        Assert.All(plan.Decisions, decision => Assert.True(decision.IsSent));
    }

    [Fact]
    public void Message_IDs_name_the_entry_and_the_addressee()
    {
        var ids = Plan(Facts, NewTicket).Mails.Select(mail =>
        {
            Assert.True(TicketMessageId.TryDecode(mail.MessageId, Salt, out var id));
            return (id.Class, id.PersonId, id.EntryId, id.ThreadId);
        });

        Assert.Equal(
            [(AddresseeClass.Owner, 7u, 42u, 9u), (AddresseeClass.Agent, 2u, 42u, 9u), (AddresseeClass.Several, 0u, 42u, 9u)], ids);
    }

    [Fact]
    public void The_hidden_block_carries_the_separator_and_the_Message_ID()
    {
        var mail = Plan(Facts, NewTicket).Mails[0];

        Assert.Contains($"class=\"mid-{mail.MessageId}\">-- reply above this line --<br/><br/></div>", mail.Html!, StringComparison.Ordinal);
        Assert.Equal(mail.MessageId, ThreadReferences.BodyToken(mail.Html!));
        Assert.Contains(
            $"class=\"mid-", Plan(With("strip_quoted_reply", "0"), NewTicket).Mails[0].Html!, StringComparison.Ordinal);
        Assert.DoesNotContain("reply above", Plan(With("strip_quoted_reply", "0"), NewTicket).Mails[0].Html!, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_customers_are_text_in_HTML_and_in_subjects()
    {
        var templates = new MailTemplate[] { new("ticket.autoresp", "%{ticket.subject}", "<p>%{ticket.subject} %{message} %{company.name} %{signature}</p>") };
        var mail = Plan(Facts with { Templates = templates }, NewTicket).Mails[0];

        Assert.Equal("The <door> & I", mail.Subject);
        Assert.EndsWith(
            "<p>The &lt;door&gt; &amp; I <div style=\"white-space:pre-wrap\">It is &lt;stuck&gt;.</div> Acme &amp; Co <i>Support</i></p>",
            mail.Html!, StringComparison.Ordinal);
    }

    public static TheoryData<string, NotificationFacts, NotificationCause> SilentTowardsTheOwner => new()
    {
        { "filter", Facts, NewTicket with { FilterForbidsAutoresponse = true } },
        { "mailbox", Facts, NewTicket with { MailboxId = 3 } },
        { "topic", Facts with { Ticket = Facts.Ticket with { TopicForbidsAutoresponse = true } }, NewTicket },
        { "own address", Facts with { Ticket = Facts.Ticket with { Owner = new Correspondent("SUPPORT@acme.test", "") } }, NewTicket },
        { "bounce", Facts, NewTicket with { Mail = Mail with { IsBounce = true } } },
        { "auto-reply", Facts, NewTicket with { Mail = Mail with { IsAutoReply = true } } },
        { "automatic", Facts, NewTicket with { Mail = Mail with { IsAutomatic = true } } },
        { "unknown", Facts with { Ticket = Facts.Ticket with { Owner = People.UnknownSender.Author } }, NewTicket },
        { "null sender", Facts, NewTicket with { HasNullSender = true } },
        { "suppress folded", Facts, NewTicket with { Mail = Mail with { Header = "X-Auto-Response-Suppress: DR,\n\tAutoReply\nX: y" } } },
        { "suppress all", Facts, NewTicket with { Mail = Mail with { Header = "X-Auto-Response-Suppress: All" } } },
        { "suppress replies", Facts, NewTicket with { Mail = Mail with { Header = "x-auto-response-suppress: DR, AutoReply" } } },
        { "department", Facts with { Department = Facts.Department with { ConfirmsTickets = false } }, NewTicket },
        { "setting", With("ticket_autoresponder", ""), NewTicket },
        { "no mailbox", Facts with { Mailboxes = [] }, NewTicket },
        { "option in the address", Facts with { Ticket = Facts.Ticket with { Owner = new Correspondent("-oQ/tmp@example.test", "") } }, NewTicket },
        { "header in the address", Facts with { Ticket = Facts.Ticket with { Owner = new Correspondent("a@b\r\nBcc: c@d", "") } }, NewTicket },
    };

    [Theory]
    [MemberData(nameof(SilentTowardsTheOwner))]
    public void The_owner_gets_nothing(string why, NotificationFacts facts, NotificationCause cause)
    {
        Assert.NotEmpty(why);
        Assert.DoesNotContain(Sent(facts, cause), sent => sent.StartsWith("TicketAutoresponse", StringComparison.Ordinal));
        Assert.Contains(Plan(facts, cause).Decisions, decision => decision is { Kind: NotificationKind.TicketAutoresponse, IsSent: false, Reason.Length: > 0 });
    }

    [Fact]
    public void A_header_that_only_asks_for_no_receipts_does_not_silence() => Assert.Contains(
        "TicketAutoresponse jane@example.test", Sent(Facts, NewTicket with { Mail = Mail with { Header = "X-Auto-Response-Suppress: DR, RN" } }));

    [Fact]
    public void A_bounce_alerts_nobody_and_an_automatic_mail_everybody_but_its_sender()
    {
        Assert.Empty(Sent(Facts, NewTicket with { Mail = Mail with { IsBounce = true } }));
        var automatic = Mail with { IsAutoReply = true, Sender = new Correspondent("ADA@acme.test", "") };
        Assert.Equal(["TicketAlert bob@acme.test"], Sent(Facts, NewTicket with { Mail = automatic }));
    }

    [Theory]
    [InlineData(0, "bob@acme.test ada@acme.test")]
    [InlineData(1, "bob@acme.test cora@acme.test ada@acme.test")]
    [InlineData(2, "")]
    [InlineData(3, "bob@acme.test ada@acme.test")]
    public void The_department_says_whom_alerts_reach(int scope, string expected)
    {
        var facts = Facts with { Department = Facts.Department with { AlertScope = scope, ConfirmsTickets = false } };

        Assert.Equal(expected, string.Join(' ', Plan(facts, NewTicket).Mails.Select(mail => mail.Recipient.Address)));
    }

    [Fact]
    public void The_manager_is_told_as_manager_only()
    {
        var facts = Facts with { Department = Facts.Department with { ManagerId = 2, ConfirmsTickets = false } };
        Assert.Equal(["TicketAlert bob@acme.test", "TicketAlert ada@acme.test"], Sent(facts, NewTicket));

        var off = With("ticket_alert_dept_manager", "0") with { Department = facts.Department };
        Assert.Equal(["TicketAlert ada@acme.test"], Sent(off, NewTicket));
    }

    [Fact]
    public void Agents_who_are_away_or_told_already_are_left_out()
    {
        var facts = Facts with
        {
            Agents = [Bob, Bob with { Id = 4, Address = "BOB@acme.test" }, Bob with { Id = 5, Address = "eve@acme.test", IsAvailable = false }, Bob with { Id = 6, Address = "" }],
        };

        Assert.Equal(["TicketAutoresponse jane@example.test", "TicketAlert bob@acme.test", "TicketAlert ada@acme.test"], Sent(facts, NewTicket));
    }

    [Fact]
    public void An_agent_whose_address_is_the_help_desks_own_gets_nothing()
    {
        var facts = Facts with { Agents = [Bob with { Address = "Support@Acme.test" }] };

        Assert.DoesNotContain(Sent(facts, NewTicket), sent => sent.Contains("support", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void An_assigned_ticket_is_told_to_its_agent_and_not_to_the_members()
    {
        var facts = Facts with { Ticket = Facts.Ticket with { AgentId = 2 } };

        Assert.Equal(
            ["AssignmentAlert bob@acme.test", "TicketAutoresponse jane@example.test", "TicketAlert ada@acme.test"],
            Sent(facts, NewTicket with { AgentWasAssigned = true }));
        Assert.DoesNotContain("mid-", Plan(facts, NewTicket with { AgentWasAssigned = true }).Mails[0].Html!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assigned_team_is_told_unless_it_wants_no_alerts()
    {
        var team = new Team(1, "Level I", LeadId: 2, IsEnabled: true, WantsAlerts: true);
        team.AlertedMembers.Add(3);
        var facts = Facts with { Teams = [team], Ticket = Facts.Ticket with { TeamId = 1 } };
        var cause = NewTicket with { TeamWasAssigned = true };
        Assert.Equal("AssignmentAlert cora@acme.test", Sent(facts, cause)[0]);

        var deaf = team with { WantsAlerts = false };
        Assert.DoesNotContain(Sent(facts with { Teams = [deaf] }, cause), sent => sent.StartsWith("Assignment", StringComparison.Ordinal));
    }

    [Fact]
    public void A_canned_reply_takes_the_place_of_the_confirmation()
    {
        var canned = new EntryProfile(43, "SYSTEM", "", BodyFormat.Html, "<p>Try this</p>", Facts.Ticket.Created)
        {
            LoadFiles = () => [new OutgoingFile("k", "a.txt", "text/plain", [1])],
        };
        var facts = Facts with { CannedEntry = canned, LastRespondentId = 3 };
        var cause = NewTicket with { CannedEntryId = 43 };

        Assert.Equal(
            ["ActivityAlert cora@acme.test", "CannedReply jane@example.test", "TicketAlert bob@acme.test", "TicketAlert ada@acme.test"], Sent(facts, cause));
        var reply = Plan(facts, cause).Mails[1];
        Assert.Equal("a.txt", Assert.Single(reply.Attachments).Name);
        Assert.True(TicketMessageId.TryDecode(reply.MessageId, Salt, out var id));
        Assert.Equal(43u, id.EntryId);
        Assert.Empty(Plan(With("email_attachments", "0") with { CannedEntry = canned }, cause).Mails[0].Attachments);
    }

    [Fact]
    public void The_limit_of_open_tickets_is_told_to_owner_and_administrator()
    {
        var cause = NewTicket with { LimitReached = 3 };
        Assert.Equal(
            ["TicketAutoresponse jane@example.test", "TicketAlert bob@acme.test", "TicketAlert ada@acme.test",
             "LimitWarning ada@acme.test", "LimitNotice jane@example.test", "LimitReport ada@acme.test"],
            Sent(Facts, cause));
        Assert.Equal("alerts@acme.test", Plan(Facts, cause).Mails[3].From.Address);
        Assert.Equal("Maximum open tickets (3) reached for jane@example.test\n\nhttps://help.acme.test", Plan(Facts, cause).Mails[3].Text);

        // The notice does not depend on the switch for confirmations, but on everything else that forbids them.
        Assert.Contains("LimitNotice jane@example.test", Sent(With("ticket_autoresponder", ""), cause));
        Assert.DoesNotContain("LimitNotice jane@example.test", Sent(Facts, cause with { HasNullSender = true }));
    }

    [Fact]
    public void A_filter_mail_goes_to_whom_the_filter_names_and_marks_itself_automatic()
    {
        var cause = NewTicket with
        {
            FilterMails = ["""{"recipients": "%{user}, \"Boss, The\" <boss@example.org>, root@localhost", "subject": "F: %{ticket.subject}", "message": "<p>%{ticket.number} of %{user}</p>", "from": "2"}"""],
        };
        var mails = Plan(Facts, cause).Mails.Where(mail => mail.Kind == NotificationKind.FilterMail).ToList();

        Assert.Equal(["jane@example.test", "boss@example.org"], mails.Select(mail => mail.Recipient.Address));
        Assert.Equal("Boss, The", mails[1].Recipient.Name);
        Assert.Equal("alerts@acme.test", mails[0].From.Address);
        Assert.Equal("<p>327029 of \"Jane Doe\" &lt;jane@example.test&gt;</p>", mails[0].Html);
        Assert.Equal(MailClass.Notice, mails[0].Class);
        Assert.Null(mails[0].InReplyTo);

        // An answer to a bounce would be the beginning of a loop.
        Assert.Equal(["FilterMail boss@example.org"], Sent(Facts, cause with { Mail = Mail with { IsBounce = true } }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"recipients\": 5}")]
    public void A_filter_mail_without_a_readable_configuration_is_none(string configuration) => Assert.DoesNotContain(
        Sent(Facts, NewTicket with { FilterMails = [configuration] }), sent => sent.StartsWith("FilterMail", StringComparison.Ordinal));

    [Fact]
    public void A_message_is_confirmed_to_its_poster_and_told_to_last_respondent_and_assignee()
    {
        var facts = Facts with { LastRespondentId = 3, Ticket = Facts.Ticket with { AgentId = 2 } };

        Assert.Equal(
            ["MessageConfirmation jane@example.test", "MessageAlert cora@acme.test", "MessageAlert bob@acme.test"], Sent(facts, Message));
        Assert.Null(Plan(facts, Message).Mails[1].InReplyTo);
        Assert.All(Plan(facts, Message).Mails, mail => Assert.False(mail.IsCarbonCopy));
    }

    [Fact]
    public void A_collaborators_message_is_confirmed_to_the_collaborator()
    {
        var facts = Facts with { Poster = new Correspondent("carl@example.test", "Carl"), PosterIsCollaborator = true };
        var mail = Plan(facts, Message with { PosterUserId = 8 }).Mails.Single();

        Assert.Equal("carl@example.test", mail.Recipient.Address);
        Assert.True(TicketMessageId.TryDecode(mail.MessageId, Salt, out var id));
        Assert.Equal((AddresseeClass.Collaborator, 8u), (id.Class, id.PersonId));
        Assert.True(mail.IsCarbonCopy);
        Assert.Empty(Sent(facts with { PosterIsCollaborator = false }, Message with { PosterUserId = 8 }));
        Assert.Empty(Sent(Facts, Message with { PosterUserId = 0 }));
    }

    // An address becomes an argument of sendmail, a line of SMTP and a header field.
    [Theory]
    [InlineData("-oQ/tmp@example.test")]
    [InlineData("\"a\nBcc: eve@example.test\"@example.test")]
    [InlineData("\"a\0b\"@example.test")]
    [InlineData("a b@example.test")]
    [InlineData("a>b@example.test")]
    [InlineData("jü\u2028ne@example.test")]
    public void Nothing_is_sent_to_or_from_what_is_no_address(string address)
    {
        var ticket = Facts.Ticket with { Owner = new Correspondent(address, "Jane") };
        Assert.DoesNotContain(Plan(Facts with { Ticket = ticket }, NewTicket).Mails, mail => mail.Recipient.Address == address);
        var mailboxes = Facts.Mailboxes.Select(mailbox => mailbox with { Mailbox = mailbox.Mailbox with { Address = address } }).ToList();
        Assert.Empty(Plan(Facts with { Mailboxes = mailboxes }, NewTicket).Mails);
    }

    [Fact]
    public void An_agent_with_an_internationalized_domain_is_told()
    {
        var agents = Facts.Agents.Select(agent => agent with { Address = agent.Address.Replace("acme.test", "exämple.test", StringComparison.Ordinal) }).ToList();

        Assert.Contains(Plan(Facts with { Agents = agents }, NewTicket).Mails, mail => mail.Recipient.Address.EndsWith("@exämple.test", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_asks_for_no_automatic_answer_is_told_to_the_agents_all_the_same()
    {
        var facts = Facts with { LastRespondentId = 3 };
        foreach (var mail in (InboundMail[])[Mail with { Header = "X-Auto-Response-Suppress: All" }, Mail with { IsAutomatic = true }])
            Assert.Equal(["MessageAlert cora@acme.test"], Sent(facts, Message with { Mail = mail }));
    }

    public static TheoryData<string, NotificationCause> SilentMessages => new()
    {
        { "passive", Message with { IsPassiveMatch = true } },
        { "bounce", Message with { Mail = Mail with { IsBounce = true } } },
        { "auto-reply", Message with { Mail = Mail with { IsAutoReply = true } } },
    };

    [Theory]
    [MemberData(nameof(SilentMessages))]
    public void A_message_that_is_no_persons_answer_is_told_to_nobody(string why, NotificationCause cause)
    {
        Assert.NotEmpty(why);
        Assert.Empty(Sent(Facts with { LastRespondentId = 3 }, cause));
    }

    [Fact]
    public void An_agents_note_is_told_to_the_others_even_if_a_program_wrote_it()
    {
        var facts = Facts with { LastRespondentId = 3, Ticket = Facts.Ticket with { AgentId = 2 } };
        var note = Message with { IsNote = true, PosterStaffId = 2, Mail = Mail with { IsAutoReply = true } };

        Assert.Equal(["ActivityAlert cora@acme.test"], Sent(facts, note));
        Assert.Equal("alerts@acme.test", Plan(facts, note).Mails[0].From.Address);
    }

    [Fact]
    public void On_a_closed_ticket_a_note_is_told_to_agents_with_access_only()
    {
        var facts = Facts with { LastRespondentId = 3, Agents = [Bob, Cora with { HasAccess = false }], Ticket = Facts.Ticket with { IsClosed = true } };

        Assert.Empty(Sent(facts, Message with { IsNote = true, PosterStaffId = 2 }));
    }

    [Fact]
    public void What_is_switched_off_is_not_sent_and_said_so()
    {
        Assert.Equal(["TicketAutoresponse jane@example.test"], Sent(Facts, NewTicket, NotificationKind.TicketAlert));
        Assert.Contains(
            Plan(Facts, NewTicket, NotificationKind.TicketAlert).Decisions, decision => decision.Reason == "it is switched off" && !decision.IsSent);
    }

    [Fact]
    public void The_owners_link_logs_in_only_where_nobody_else_takes_part()
    {
        string Link(NotificationFacts facts) =>
            Plan(facts with { Templates = [new("ticket.autoresp", "s", "%{recipient.ticket_link}")] }, NewTicket).Mails[0].Html!.Split("</div>")[1];

        Assert.Equal("https://help.acme.test/view.php?auth=o1xa4aaaaajaaaaaW8kTSFSLRx8iMA%3D%3D", Link(Facts));
        Assert.Equal("https://help.acme.test/view.php?id=9", Link(Facts with { Ticket = Facts.Ticket with { Collaborators = 1 } }));
        Assert.Equal("https://help.acme.test/view.php?id=9", Link(With("allow_auth_tokens", "0")));
    }

    [Fact]
    public void An_embedded_store_confirms_and_tells_its_administrator()
    {
        var facts = Facts with
        {
            Settings = new NotificationSettings(new Dictionary<string, string>(NotificationOptions.EmbeddedSettings("admin@acme.test")) { ["default_email_id"] = "1" }),
            Agents = [],
        };

        Assert.Equal(["TicketAutoresponse jane@example.test", "TicketAlert admin@acme.test"], Sent(facts, NewTicket));
        Assert.Equal(["MessageConfirmation jane@example.test", "MessageAlert admin@acme.test"], Sent(facts, Message));
        Assert.DoesNotContain("/scp/", Plan(facts, NewTicket).Mails[1].Html!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a@b>", "<a@b>")]
    [InlineData("  <id.with.comment@example.net> (added by relay)", "<id.with.comment@example.net>")]
    [InlineData("<no-at-sign>", "<no-at-sign>")]
    [InlineData("<a b@c>", null)]
    [InlineData("<a@b\r\nX: y>", null)]
    [InlineData("MFP-7@copier.test", "<MFP-7@copier.test>")]
    [InlineData("<MFP-8@copier.test", "<MFP-8@copier.test>")]
    [InlineData("none", null)]
    public void InReplyTo_is_the_message_id_if_a_header_may_hold_it(string messageId, string? expected)
    {
        var mail = Plan(Facts, NewTicket with { Mail = Mail with { MessageId = messageId, References = null } }).Mails[0];

        Assert.Equal(expected, mail.InReplyTo);
        Assert.Equal(expected is null ? 0 : 1, mail.References.Count);
    }

    [Fact]
    public void References_without_angle_brackets_get_them()
    {
        var mail = Mail with { MessageId = "c@x", References = "a@x, <b@x" };

        Assert.Equal(["<a@x>", "<b@x>", "<c@x>"], Plan(Facts, NewTicket with { Mail = mail with { References = "a@x b@x" } }).Mails[0].References);
        Assert.Equal(["<a@x>", "<b@x>", "<c@x>"], Plan(Facts, NewTicket with { Mail = mail }).Mails[0].References);
    }

    [Fact]
    public void References_of_many_are_the_first_and_the_newest()
    {
        string many = string.Join(' ', Enumerable.Range(0, 500).Select(i => $"<{i}@x>"));
        var references = Plan(Facts, NewTicket with { Mail = Mail with { References = many } }).Mails[0].References;

        Assert.Equal(20, references.Count);
        Assert.Equal(["<0@x>", "<482@x>"], references.Take(2));
        Assert.Equal(["<499@x>", "<new@example.test>"], references.TakeLast(2));
    }
}
