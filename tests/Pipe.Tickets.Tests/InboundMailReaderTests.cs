using System.Text;
using Pipe.Tickets.Entries;
using Pipe.Tickets.People;
using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Tests;

public sealed class InboundMailReaderTests
{
    private const string From = "From: Joe <joe@x.test>\n";

    // The table of From fields in the description of osTicket's parser, with what it says a sane reader does.
    [Theory]
    [InlineData("\"=?utf-8?Q?J=C3=B6rg?=\" <j@x.test>", "j@x.test", "Jörg")]
    [InlineData("\"Doe, John\" <J@X.test>", "J@X.test", "Doe, John")]
    [InlineData("=?utf-8?Q?Doe=2C_John?= <j@x.test>", "j@x.test", "Doe, John")]
    [InlineData("Joe <j@x.test> (work) (home)", "j@x.test", "Joe (work)")]
    [InlineData("j@x.test (Joe Blow)", "j@x.test", "Joe Blow")]
    [InlineData("<j@x.test>", "j@x.test", "j@x.test")]
    [InlineData("\"\" <j@x.test>", "j@x.test", "j@x.test")]
    [InlineData("nohost, b@x.test", "b@x.test", "b@x.test")]
    [InlineData("nohost, othernohost", "nohost@localhost", "nohost@localhost")]
    [InlineData("G: x@x.test;, real@x.test", "x@x.test", "x@x.test")]
    [InlineData("\"Joe \\\"Q\\\" Doe\" <j@x.test>", "j@x.test", "Joe \"Q\" Doe")]
    [InlineData("MAILER-DAEMON", "MAILER-DAEMON@localhost", "MAILER-DAEMON@localhost")]
    [InlineData("<mailto:j@x.test>", "j@x.test", "j@x.test")]
    [InlineData("Root <root@localhost>, Joe <joe@x.test>", "joe@x.test", "Joe")]
    [InlineData("Joe\n Tester\n\t<joe@x.test>", "joe@x.test", "Joe Tester")]
    [InlineData("Joe <j@x.test", "j@x.test", "Joe")]
    [InlineData("Joe <j@x.test> via list", "j@x.test", "Joe")]
    [InlineData("\"Joe <joe@x.test>", "joe@x.test", "Joe")]                              // the quote is never closed
    [InlineData("Joe (work <joe@x.test>", "joe@x.test", "Joe (work")]
    [InlineData("Łucja Żak <łucja.żak@sklep.example>", "łucja.żak@sklep.example", "Łucja Żak")]
    [InlineData("\"Carla Boss carla@bank.example\" <ü@evil.example>", "ü@evil.example", "Carla Boss carla@bank.example")]
    [InlineData("\"<carla@bank.example>\" <ü@evil.example>", "ü@evil.example", "<carla@bank.example>")]
    [InlineData("carla@bank.example <ü@evil.example>", "ü@evil.example", "carla@bank.example")]
    [InlineData("ü@evil.example (carla@bank.example)", "ü@evil.example", "carla@bank.example")]
    [InlineData("Noël <\"noël d\"@brasserie.example>", "\"noël d\"@brasserie.example", "Noël")]
    [InlineData("=?iso-8859-1?q?s=F8ren?=@x.test", "søren@x.test", "søren@x.test")]
    [InlineData("Max <max..m@x.test>", "max..m@x.test", "Max")]
    [InlineData("max.@x.test", "max.@x.test", "max.@x.test")]
    [InlineData("Hana <.hana@x.test>", ".hana@x.test", "Hana")]
    [InlineData("I <3 cats <joe@x.test>", "joe@x.test", "I <3 cats")]
    [InlineData("Müller, Hans <h@x.test>", "h@x.test", "Müller, Hans")]
    [InlineData("\"Müller\", =?utf-8?q?J=C3=B6rg?=, Dr. <h@x.test>", "h@x.test", "Müller, Jörg, Dr.")]
    [InlineData("Doe; John <j@x.test>", "j@x.test", "Doe; John")]
    [InlineData("=?utf-8?Q?Max_M=C3=BCller_=3Cmax=40x=2Etest=3E?=", "max@x.test", "Max Müller")]
    [InlineData("Max =?utf-8?B?TcO8bGxlciA8bWF4?=\n =?utf-8?B?QHgudGVzdD4=?=", "max@x.test", "Max Müller")]
    [InlineData("=?utf-8?Q?\"M=C3=BCller,_Max\"_<max@x.test>?=", "max@x.test", "Müller, Max")]
    [InlineData("\"=?utf-8?Q?Max_=3Cmax=40x=2Etest=3E?=\"", "max@x.test", "Max")]
    [InlineData("Max <=?utf-8?Q?max=40x=2Etest?=>", "max@x.test", "Max")]
    [InlineData("=?utf-8?Q?Boss_=3Cboss=40bank=2Eexample=3E?= <ü@evil.example>", "ü@evil.example", "Boss <boss@bank.example>")]
    [InlineData("SMTP:j@x.test", "j@x.test", "j@x.test")]
    [InlineData("Joe <joe@exämple.net>", "joe@xn--exmple-cua.net", "Joe")]
    [InlineData("Joe: Sales <j@x.test>", "j@x.test", "Sales")]
    [InlineData("a@x.test; b@x.test", "a@x.test", "a@x.test")]
    [InlineData("=?utf-8?Q?M=C3=BCller=2C_=22J=C3=B6rg=22?= <joe@x.test>", "joe@x.test", "Müller, \"Jörg")]
    public async Task Read_takes_the_owner_from_From(string from, string address, string name) =>
        Assert.Equal(new Correspondent(address, name), (await ReadAsync($"From: {from}\nSubject: s\n\nx")).Sender);

    // What cannot be taken apart is nobody's; it never becomes an address that is a part of it.
    [Theory]
    [InlineData("Front Desk <front desk@hotel.example>")]
    [InlineData("front desk@hotel.example")]
    [InlineData("\"Carla <carla@bank.example>\"")]
    [InlineData("\"carla@bank.example\"@evil.example x")]
    [InlineData("<carla@bank.example> <ü@evil.example>")]
    [InlineData("Eve <ü@evil.example> <carla@bank.example>")]
    [InlineData("carla@bank.example ü@evil.example")]
    [InlineData("a;carla@bank.example")]
    [InlineData("a:carla@bank.example")]
    [InlineData("<a:carla@bank.example>")]
    [InlineData("lu(x)carla@bank.example")]
    [InlineData("lü@carla@bank.example")]
    [InlineData("\U0001F600carla@bank.example")]
    [InlineData("ü\u200Bcarla@bank.example")]
    [InlineData("=?utf-8?q?x=40y=2Etest_carla=40bank=2Eexample?=")]
    [InlineData("=?utf-8?q?carla=40bank.example?=@evil.example")]
    public async Task Read_makes_no_other_address_of_one_that_it_cannot_use(string from)
    {
        var mail = await ReadAsync($"From: {from}\nSubject: s\n\nx");

        Assert.False(mail.Sender is { } sender && AddressSyntax.IsValid(sender.Address), mail.Sender?.Address);
        Assert.NotEmpty(mail.From);
    }

    // In another charset the letters are guessed.
    [Fact]
    public async Task Read_takes_an_address_beyond_ASCII_only_if_it_is_UTF_8()
    {
        using var raw = await Mails.RawAsync(Encoding.Latin1.GetBytes("From: S\u00f8ren <s\u00f8ren@x.test>\nReply-To: S\u00f8ren <soren@x.test>\n\nx"));
        var mail = InboundMailReader.Read(raw, new(), new());

        Assert.Null(mail.Sender);
        Assert.Equal(new Correspondent("soren@x.test", "Søren"), mail.ReplyTo);
    }

    [Theory]
    [InlineData("Reply-To: Jane Doe <jane@x.test>", "jane@x.test", "Jane Doe")]
    [InlineData("Reply-To: jane@x.test", "jane@x.test", "Jane Doe")]
    [InlineData("X-Original-Sender: jane@x.test", "jane@x.test", "Jane Doe")]
    [InlineData("Reply-To: <list@acme.test>\nX-Original-From: 'J. Doe' via Sales <jane@x.test>", "jane@x.test", "J. Doe")]
    [InlineData("Author: =?utf-8?q?J=C3=A4ne?= <jane@x.test>", "jane@x.test", "Jäne")]
    public async Task Read_names_the_author_behind_a_list(string fields, string address, string name)
    {
        var mail = await ReadAsync($"From: 'Jane Doe' via Support <support@acme.test>\n{fields}\n\nx");

        Assert.Equal("support@acme.test", mail.Sender!.Address);
        Assert.Equal(new Correspondent(address, name), mail.OriginalAuthors[0]);
    }

    [Theory]
    [InlineData("=?utf-8?q?=3Corig-1=40x=2Etest=3E?=", "<orig-1@x.test>")]
    [InlineData("<a@x.test> =?utf-8?q?=3Corig?=\n =?utf-8?q?-1=40x=2Etest=3E?=", "<a@x.test> <orig-1@x.test>")]
    [InlineData("=?utf-8?q?no_id?=", "=?utf-8?q?no_id?=")]
    public async Task Read_decodes_identifiers_that_are_written_as_words(string field, string expected)
    {
        var mail = await ReadAsync($"{From}Message-ID: {field}\nIn-Reply-To: {field}\nReferences: {field}\n\nx");

        Assert.Equal(expected, mail.MessageId);
        Assert.Equal(expected, mail.InReplyTo);
        Assert.Equal(expected, mail.References);
    }

    [Theory]
    [InlineData("")]
    [InlineData("From: \n")]
    [InlineData("From: <>\n")]
    [InlineData("From: ,,;\n")]
    [InlineData("From: Joe from accounting\n")]
    [InlineData("From: a..b@\n")]
    [InlineData("Sender: joe@x.test\nReturn-Path: <joe@x.test>\nReply-To: joe@x.test\n")]
    public async Task Read_of_a_message_without_author_names_none(string fields) =>
        Assert.Null((await ReadAsync(fields + "Subject: s\n\nx")).Sender);

    // The form of Postfix's reports, which have no References; in both alternatives of our own mails.
    [Theory]
    [InlineData("Content-Type: text/html\n\n<div style=\"display:none\" class=\"mid-Babc-X-support@acme.test\">-- reply above this line --</div><p>Hello", "Babc-X-support@acme.test")]
    [InlineData("Content-Type: text/plain\n\n-- reply above this line --\n\nHello\n\nRef-Mid: Babc-X-support@acme.test\n", "Babc-X-support@acme.test")]
    [InlineData("Content-Type: text/plain\n\nRef-Mid: Babc-X-support@acme.test\nand more", null)]
    [InlineData("Content-Type: application/octet-stream\n\nRef-Mid: Babc-X-support@acme.test\n", null)]
    public async Task Read_finds_the_id_in_a_mail_of_ours_that_a_delivery_report_gives_back(string returned, string? expected)
    {
        const string Report = "Subject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n"
            + "--r\nContent-Description: Notification\n\nI'm sorry.\n\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n"
            + "Final-Recipient: rfc822; x@y.test\nAction: failed\nStatus: 5.1.1\n\n--r\nContent-Description: Undelivered Message\nContent-Type: message/rfc822\n\n"
            + "From: support@acme.test\nSubject: We have it\nContent-Type: multipart/alternative; boundary=a\n\n--a\n";
        var mail = await ReadAsync($"{From}{Report}{returned}\n--a--\n\n--r--\n");

        Assert.Equal(expected, mail.ReturnedReference);
        Assert.Equal(expected is not null, ThreadReferences.Candidates(mail).Contains("Babc-X-support@acme.test"));
        Assert.Equal("I'm sorry.", mail.Body.Content.Trim());
    }

    [Fact]
    public async Task Read_does_not_look_for_ids_in_messages_that_somebody_forwards()
    {
        var mail = await ReadAsync(
            From + "Content-Type: multipart/mixed; boundary=r\n\n--r\n\nLook.\n--r\nContent-Type: message/rfc822\n\nSubject: x\n\nRef-Mid: Babc-X-support@acme.test\n--r--\n");

        Assert.Null(mail.ReturnedReference);
    }

    [Fact]
    public async Task Read_lists_the_addressees_in_the_order_of_the_fields()
    {
        var mail = await ReadAsync(
            From + "Delivered-To: Support@acme.test\nCc: carl@x.test, ,, <>, Bad <x, d@x.test\n"
            + "To: \"Bob, B\" <Bob@X.test>, undisclosed-recipients:;\nTo: T: a@x.test, A2 <a2@x.test>;\nBcc: secret@x.test\n\nx");

        Assert.Equal(
            [
                new(RecipientField.To, "bob@X.test", "Bob, B"), new(RecipientField.To, "a@x.test", ""), new(RecipientField.To, "a2@x.test", "A2"),
                new(RecipientField.Cc, "carl@x.test", ""), new(RecipientField.DeliveredTo, "support@acme.test", ""),
            ],
            mail.Recipients);
    }

    [Theory]
    [InlineData("Joe <r@x.test>, b@x.test", "r@x.test", "Joe")]
    [InlineData("r@X.test", "r@X.test", "")]
    public async Task Read_takes_the_first_Reply_To(string replyTo, string address, string name) =>
        Assert.Equal(new Correspondent(address, name), (await ReadAsync($"{From}Reply-To: {replyTo}\n\nx")).ReplyTo);

    [Theory]
    [InlineData("Subject: =?UTF-8?Q?Hello_W=C3=B6rld?= and more", "Hello Wörld and more")]
    [InlineData("Subject: 0", "0")]
    [InlineData("Subject:", "[No Subject]")]
    [InlineData("X: y", "[No Subject]")]
    [InlineData("Subject:nospace", "nospace")]
    [InlineData("Subject: a\n b\n\tc", "a b c")]
    [InlineData("Subject: =?utf-8?q?a=0D=0AX-Injected:_1?=", "a X-Injected: 1")]
    [InlineData("Subject: a=?utf-8?Q?=C3=B6?=b", "aöb")]
    [InlineData("Subject: =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9_x?=", "café x")]
    [InlineData("Subject: =?utf-8*de?Q?Gr=C3=B6=C3=9Fe?=", "Größe")]
    [InlineData("Subject: =?utf-8?X?abc?= =?utf-8?B?SGVsbG8", "=?utf-8?X?abc?= =?utf-8?B?SGVsbG8")]
    [InlineData("Subject: café =?utf-8?Q?=C3=B6?=", "café ö")]
    [InlineData("Subject: =?x-klingon?B?R3LDtsOfZQ==?=", "Größe")]
    [InlineData("Subject: first\nSubject: second", "first")]
    [InlineData("Subject : spaced", "[No Subject]")]
    [InlineData("subject: lower", "lower")]
    public async Task Read_decodes_the_subject(string field, string expected) =>
        Assert.Equal(expected, (await ReadAsync($"{From}{field}\n\nx")).Subject);

    [Theory]
    [InlineData("From: a@x.test\nX: y\n\nx", "<00407eb017f4b9d7e762402106e512dc@local>")]
    [InlineData("From: a@x.test\r\nX: y\r\n\r\nx", "<302d7b039088163f42923ded10108b4d@local>")]
    [InlineData("From: a@x.test\nMessage-ID: \nX: y\n\nx", null)]
    [InlineData("From: a@x.test\nMessage-ID: <>\nX: y\n\nx", null)]          // all mails of such a sender would be one
    [InlineData("From: a@x.test\nMessage-ID: < >\nX: y\n\nx", null)]
    [InlineData("From me Mon Jan  1 00:00:00 2024\nFrom: a@x.test\nX: y\n\nx", "<00407eb017f4b9d7e762402106e512dc@local>")]
    public async Task Read_derives_an_id_from_the_header_where_there_is_none(string message, string? expected)
    {
        var mail = await ReadAsync(message);

        Assert.True(mail.MessageIdIsDerived);
        if (expected is not null)
            Assert.Equal(expected, mail.MessageId);
        Assert.Equal(mail.MessageId, (await ReadAsync(message)).MessageId);
    }

    [Theory]
    [InlineData("Message-ID: <a@b> junk", "<a@b> junk")]
    [InlineData("Message-ID: noangle", "noangle")]
    [InlineData("Message-ID:\n <a@b>", "<a@b>")]
    [InlineData("Message-ID: <a@b>\nMessage-ID: <c@d>", "<c@d>")]
    [InlineData("Message-ID: <a@b>\nMessage-ID: ", "<a@b>")]
    public async Task Read_takes_the_last_Message_ID_that_says_something(string fields, string expected)
    {
        var mail = await ReadAsync($"{From}{fields}\n\nx");

        Assert.Equal(expected, mail.MessageId);
        Assert.False(mail.MessageIdIsDerived);
    }

    [Fact]
    public async Task Read_unfolds_and_joins_what_the_message_refers_to()
    {
        var mail = await ReadAsync($"{From}References: <r1@x>\n <r2@x>\nIn-Reply-To: <a@x>\nReferences: <r3@x>\n\nx");

        Assert.Equal("<a@x>", mail.InReplyTo);
        Assert.Equal("<r1@x> <r2@x> <r3@x>", mail.References);
        Assert.Null((await ReadAsync($"{From}\nx")).References);
    }

    [Theory]
    [InlineData("X-Priority: 1 (Highest)", MailUrgency.High)]
    [InlineData("X-Priority: 2", MailUrgency.High)]
    [InlineData("Importance: high", MailUrgency.High)]
    [InlineData("Priority: urgent", MailUrgency.High)]
    [InlineData("X-MSMail-Priority: High", MailUrgency.High)]
    [InlineData("X-Priority: 3", MailUrgency.Normal)]
    [InlineData("Importance: normal", MailUrgency.Normal)]
    [InlineData("Priority: non-urgent", MailUrgency.Normal)]
    [InlineData("X-Priority: 5", MailUrgency.Low)]
    [InlineData("Importance: Low", MailUrgency.Low)]
    [InlineData("X-Priority: 10", MailUrgency.High)]
    [InlineData("X-Priority: 3\nImportance: high", MailUrgency.Normal)]
    [InlineData("X-Priority:1\nImportance: low", MailUrgency.Low)]
    [InlineData("X-Priority: 0", null)]
    [InlineData("X-Priority:1", null)]
    [InlineData("X-Priority: foo\nImportance: high", null)]
    [InlineData("Subject: my priority: low thing", null)]           // no field of that name
    [InlineData("X: y", null)]
    public async Task Read_takes_the_urgency_from_the_first_field_that_is_about_it(string fields, MailUrgency? expected) =>
        Assert.Equal(expected, (await ReadAsync($"{From}{fields}\n\nx")).Urgency);

    [Theory]
    [InlineData("From: Postmaster@x.test", true)]
    [InlineData("From: postmaster <p@x.test>", false)]
    [InlineData("From: Mailer-Daemon <m@x.test>", true)]
    [InlineData("From: a@x.test\nSubject: Undeliverable: foo", true)]
    [InlineData("From: a@x.test\nSubject: Re: Delivery Status Notification", false)]
    [InlineData("From: a@x.test\nSubject: =?utf-8?q?Undeliverable:_foo?=", false)]
    [InlineData("Return-Path: <>\nFrom: a@x.test", true)]
    [InlineData("Return-Path:<>\nFrom: a@x.test", false)]
    [InlineData("Return-Path: <>\nReturn-Path: <b@x>\nFrom: a@x.test", false)]
    [InlineData("From: a@x.test\nX-Failed-Recipients: b@x.test", true)]
    [InlineData("From: a@x.test\nAuto-Submitted: auto-replied", false)]
    public async Task Read_knows_a_bounce(string fields, bool expected) =>
        Assert.Equal(expected, (await ReadAsync($"{fields}\n\nx")).IsBounce);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted:\n auto-replied", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("Auto-Submitted: auto-notified", false)]
    [InlineData("Precedence: bulk", true)]
    [InlineData("X-Precedence: list", true)]
    [InlineData("Precedence: first-class", false)]
    [InlineData("X-Autoreply: yes", true)]
    [InlineData("X-Autorespond: x", true)]
    [InlineData("X-Autogenerated: Reply", true)]
    [InlineData("X-AMAZON-MAIL-RELAY-TYPE: notification", true)]
    [InlineData("X-Auto-Response-Suppress: OOF, AutoReply", false)]
    [InlineData("X-Auto-Response-Suppress: All", false)]
    [InlineData("X-Auto-Response-Suppress: OOF", false)]
    [InlineData("List-Id: <x.y>", false)]
    [InlineData("Subject: Out of office", false)]
    public async Task Read_knows_an_auto_reply(string field, bool expected) =>
        Assert.Equal(expected, (await ReadAsync($"{From}{field}\n\nx")).IsAutoReply);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted:auto-notified", true)]
    [InlineData("auto-submitted:\n auto-notified; owner-email=\"a@x.test\"", true)]
    [InlineData("Auto-Submitted: x-made-up", true)]
    [InlineData("Auto-Submitted: =?UTF-8?Q?auto-replied?=", true)]      // as osTicket itself sends it
    [InlineData("Auto-Submitted: no\nAuto-Submitted: auto-generated\nAuto-Submitted: No", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("Auto-Submitted: No (a person)", false)]
    [InlineData("Auto-Submitted: no; x=y", false)]
    [InlineData("Auto-Submitted:", false)]
    [InlineData("Precedence:list", true)]
    [InlineData("Precedence: =?UTF-8?Q?auto=5Freply?=", true)]
    [InlineData("Precedence: first-class", false)]
    [InlineData("List-Id: <x.y>", true)]
    [InlineData("List-Post: <mailto:l@x.test>", true)]
    [InlineData("X-Mail-Autoreply: x", true)]
    [InlineData("X-Auto-Response-Suppress: All", false)]
    public async Task Read_knows_what_no_program_may_answer(string field, bool expected) =>
        Assert.Equal(expected, (await ReadAsync($"{From}{field}\n\nx")).IsAutomatic);

    [Theory]
    [InlineData("From: a@x.test\nX: 1\n\n\nhello", "From: a@x.test\nX: 1")]
    [InlineData("\nFrom: a@x.test\r\nX: 1\r\n\r\nhello", "From: a@x.test\r\nX: 1")]
    [InlineData("\uFEFFFrom: a@x.test\n\nhello", "From: a@x.test")]
    [InlineData("From me\nFrom: a@x.test\n\nhello", "From me\nFrom: a@x.test")]
    [InlineData("From: a@x.test\n \ntext\n\nreal", "From: a@x.test\n \ntext")]
    [InlineData("From: a@x.test", "From: a@x.test")]
    public async Task Read_keeps_the_header_as_it_came(string message, string expected) =>
        Assert.Equal(expected, (await ReadAsync(message)).Header);

    [Fact]
    public async Task Read_keeps_a_question_mark_for_each_byte_of_the_header_that_is_not_UTF_8()
    {
        using var raw = await Mails.RawAsync("From: J\u00f6\u00df <a@x.test>\n\nx"u8.ToArray().Select(b => b == 0x9F ? (byte)0x20 : b).ToArray());

        Assert.Equal("From: Jö?  <a@x.test>", InboundMailReader.Read(raw, new(), new()).Header);
    }

    [Theory]
    [InlineData("new reply\n\n-- reply above this line --\n\nold", "new reply\n\n")]
    [InlineData("new\n\n> -- reply above this line --\n> old", "new\n\n> ")]
    [InlineData("-- reply above this line --\n> old", "-- reply above this line --\n> old")]
    [InlineData("x\n-- Reply Above This Line --\n> old", "x\n-- Reply Above This Line --\n> old")]
    public async Task Read_cuts_off_what_is_quoted_below_the_separator(string text, string expected) =>
        Assert.Equal(expected, (await ReadAsync($"{From}\n{text}")).Body.Content);

    [Fact]
    public async Task Read_remembers_the_files_that_only_the_quotation_showed()
    {
        var mail = await ReadAsync(
            From + "Content-Type: text/html\n\n<div>new <img src=\"cid:a@x\"></div><blockquote>-- reply above this line --"
            + "<img src='cid:b@x'><img src=\"cid:a@x\"><img src=cid:c@x>");

        Assert.Equal(["b@x", "c@x"], mail.StrippedContentIds.Order(StringComparer.Ordinal));
        Assert.EndsWith("<blockquote>", mail.Body.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_with_rich_text_off_prefers_plain_text_and_else_converts()
    {
        const string Alternative = From + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n";
        var options = new InboundMailOptions { RichText = false };

        Assert.Equal(new(BodyFormat.Text, "plain\n"), (await ReadAsync(Alternative, options)).Body);
        Assert.Equal(
            new(BodyFormat.Text, "Hello W\n\nline2\nablink\nend & <x> "),
            (await ReadAsync(From + "Content-Type: text/html\n\n<p>Hello <b>W</b></p><div>line2</div><ul><li>a</li><li>b</li></ul><a href=\"x\">link</a><br>end &amp; &lt;x&gt;\n", options)).Body);
    }

    [Theory]
    [InlineData("multipart/alternative", "text/plain|one", "text/html|  \n", "Text", "one\n")]          // blank HTML displaces nothing
    [InlineData("multipart/mixed", "text/plain|one", "text/plain|two", "Text", "one\ntwo\n")]
    [InlineData("multipart/mixed", "text/html|<b>1</b>", "text/plain|two", "Html", "<b>1</b>\n<div style=\"white-space:pre-wrap\">two</div>")]
    [InlineData("multipart/mixed", "text/plain|one", "text/html\nContent-Disposition: inline; filename=a.html|<b>1</b>", "Text", "one\n")]
    [InlineData("multipart/form-data", "text/plain|one", "text/plain|two", "Text", "one\ntwo\n")]
    public async Task Read_chooses_the_text(string multipart, string first, string second, string format, string expected)
    {
        static string Part(string part) => $"--b\nContent-Type: {part.Replace("|", "\n\n", StringComparison.Ordinal)}\n";

        var mail = await ReadAsync($"{From}Content-Type: {multipart}; boundary=b\n\n{Part(first)}{Part(second)}--b--\n");

        Assert.Equal(Enum.Parse<BodyFormat>(format), mail.Body.Format);
        Assert.Equal(expected, mail.Body.Content);
    }

    [Fact]
    public async Task Read_of_a_text_beyond_the_limit_cuts_it_and_attaches_it_in_full()
    {
        string text = new('x', 5000);
        var trace = new DeliveryTrace();
        using var raw = await Mails.RawAsync($"{From}Message-ID: <a@b>\n\n{text}");

        var mail = InboundMailReader.Read(raw, new InboundMailOptions { MaxBodyBytes = 1000 }, trace);

        Assert.Equal(text[..1000] + " ... (truncated)", mail.Body.Content);
        Assert.Equal(text, Content(Assert.Single(mail.Attachments)));
        Assert.Contains("longer than 1000 bytes", Assert.Single(trace.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_of_a_multipart_without_parts_cuts_its_text_and_attaches_the_message()
    {
        string message = $"{From}Subject: none\nMessage-ID: <a@b>\nContent-Type: multipart/mixed; boundary=b\n\n{new string('x', 5000)}";
        var trace = new DeliveryTrace();
        using var raw = await Mails.RawAsync(message);

        var mail = InboundMailReader.Read(raw, new InboundMailOptions { MaxBodyBytes = 1000 }, trace);

        Assert.Equal(new string('x', 1000) + " ... (truncated)", mail.Body.Content);
        Assert.Equal(message, Content(Assert.Single(mail.Attachments)));
        Assert.Contains("longer than 1000 bytes", Assert.Single(trace.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_of_more_files_than_allowed_attaches_the_message_instead_of_the_rest()
    {
        var message = new StringBuilder(From + "Subject: many\nContent-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 5; i++)
            message.Append("--b\nContent-Type: application/x; name=f").Append(i).Append("\n\n").Append(i).Append('\n');
        message.Append("--b--\n");

        var mail = await ReadAsync(message.ToString(), new InboundMailOptions { MaxAttachments = 2 }, out var raw);

        Assert.Equal(["f0", "f1", "many.eml"], mail.Attachments.Select(file => file.Name));
        Assert.Equal(message.ToString(), Content(mail.Attachments[2]));
        raw.Dispose();
    }

    [Fact]
    public async Task Read_of_an_oversized_message_keeps_header_and_text_and_says_so()
    {
        string message = From + "Subject: large\nMessage-ID: <large@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThe text.\n"
            + "--b\nContent-Type: application/octet-stream; name=large.bin\nContent-Transfer-Encoding: base64\n\n"
            + string.Concat(Enumerable.Repeat(new string('A', 76) + "\n", 100)) + "--b--\n";
        var trace = new DeliveryTrace();
        using var raw = await Mails.RawAsync(message, new RawMessageOptions { MaxBytes = 1000 });

        var mail = InboundMailReader.Read(raw, new(), trace);

        Assert.Equal("large", mail.Subject);
        Assert.Equal("<large@x>", mail.MessageId);
        Assert.Empty(mail.Attachments);
        Assert.StartsWith("The text.\n\n[This message was cut: it has ", EntryBody.FromMail(mail.Body, new()).Content, StringComparison.Ordinal);
        Assert.Contains(trace.Warnings, warning => warning.Contains("it was cut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_of_attachments_gives_the_same_bytes_each_time_also_from_a_file()
    {
        byte[] content = new byte[300_000];
        new Random(1).NextBytes(content);
        string message = From + "Content-Type: application/octet-stream; name=x.bin\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\n";
        using var raw = await Mails.RawAsync(message, new RawMessageOptions { MaxBytesInMemory = 4096 });

        var file = Assert.Single(InboundMailReader.Read(raw, new(), new()).Attachments);

        for (int i = 0; i < 2; i++)
        {
            var copy = new MemoryStream();
            file.CopyTo(copy);
            Assert.Equal(content, copy.ToArray());
        }
    }

    [Fact]
    public async Task Read_stores_text_files_as_UTF_8_where_they_name_their_charset()
    {
        var mail = await ReadAsync(
            From + "Content-Type: text/csv; charset=iso-8859-1; name=a.csv\nContent-Disposition: attachment\n"
            + "Content-Transfer-Encoding: quoted-printable\n\ncaf=E9", new InboundMailOptions(), out var raw);

        Assert.Equal("café", Content(Assert.Single(mail.Attachments)));
        raw.Dispose();
    }

    // Each of these once made a reader quadratic somewhere; the run would not end in time.
    [Theory]
    [InlineData("To: ", "a@x.test, ", 100_000)]
    [InlineData("To: a@x.test\n", "To: b@x.test\n", 30_000)]
    [InlineData("From: ", "(", 900_000)]
    [InlineData("From: ", "<", 900_000)]
    [InlineData("From: ", "\"", 900_000)]
    [InlineData("From: ", "@", 900_000)]
    [InlineData("From: ", "a, ", 300_000)]
    [InlineData("From: ", "a;", 400_000)]
    [InlineData("From: ", "a:", 400_000)]
    [InlineData("From: ", "\"a\"<", 200_000)]
    [InlineData("From: ", "=?a?q?", 150_000)]
    [InlineData("From: ", "()", 400_000)]
    [InlineData("Reply-To: ", "<a@x> via ", 90_000)]
    [InlineData("References: ", "a@x ", 200_000)]
    [InlineData("References: ", "<a@x ", 200_000)]
    [InlineData("Subject: ", "=?", 400_000)]
    [InlineData("Subject: ", "=?utf-8?Q?x?= ", 60_000)]
    [InlineData("Subject: ", "<a\"", 300_000)]
    [InlineData("Subject: ", "&lt;", 200_000)]
    [InlineData("References: ", "<", 900_000)]
    [InlineData("X: y", "\n ", 400_000)]
    [InlineData("", "X: y\n", 180_000)]
    [InlineData("", "\n", 1_000_000)]
    public async Task Read_of_a_hostile_header_ends(string start, string repeated, int count)
    {
        string message = start + new StringBuilder(repeated.Length * count).Insert(0, repeated, count) + "\n\nbody\n";

        var mail = await ReadAsync(message);

        EntryTitle.FromSubject(mail.Subject);
        SubjectField.FromSubject(mail.Subject);
        Pipe.Tickets.Threading.ThreadReferences.Candidates(mail);
        Pipe.Tickets.Threading.SubjectTag.Find(mail.Subject);
        Assert.NotEmpty(mail.MessageId);
    }

    private static async Task<InboundMail> ReadAsync(string message, InboundMailOptions? options = null)
    {
        using var raw = await Mails.RawAsync(message);
        return InboundMailReader.Read(raw, options ?? new(), new());
    }

    // The caller disposes of the message: the attachments are read from it.
    private static Task<InboundMail> ReadAsync(string message, InboundMailOptions options, out RawMessage keep)
    {
        keep = Mails.RawAsync(message).GetAwaiter().GetResult();
        return Task.FromResult(InboundMailReader.Read(keep, options, new()));
    }

    private static string Content(InboundAttachment file)
    {
        var content = new MemoryStream();
        file.CopyTo(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }
}
