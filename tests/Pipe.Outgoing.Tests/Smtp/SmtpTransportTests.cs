using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipe.Outgoing.Smtp;

public sealed class SmtpTransportTests : IDisposable
{
    private static readonly MailEnvelope Envelope = new("support@acme.test", "jane@example.test", 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Send_takes_all_mails_over_one_connection()
    {
        using var sink = SmtpSink.Start();
        using (var transport = new SmtpTransport(Account(sink)))
        {
            Send(transport, "Subject: 1\r\n\r\n.dot\r\n..two\r\nend");
            Send(transport, "Subject: 2\n\nx\n");
        }

        Assert.Equal(["Subject: 1\n\n.dot\n..two\nend\n", "Subject: 2\n\nx\n"], sink.Messages);
        Assert.Equal(1, sink.Connections);
        Assert.Contains("MAIL FROM:<support@acme.test>", sink.Commands);
        Assert.Contains("RCPT TO:<jane@example.test>", sink.Commands);
        Assert.Equal("QUIT", sink.Commands[^1]);
    }

    // SMTP smuggling: line ends that one server takes for such and the next one does not.
    [Theory]
    [InlineData("a\n.\nb")]
    [InlineData("a\r.\rb")]
    [InlineData("a\r\n.\rb")]
    [InlineData("a\n.\r\nb")]
    [InlineData("a\r.\nb")]
    public void Send_ends_the_message_where_it_ends(string text)
    {
        using var sink = SmtpSink.Start();
        using (var transport = new SmtpTransport(Account(sink)))
            Send(transport, "Subject: x\r\n\r\n" + text);

        Assert.Equal("Subject: x\r\n\r\na\r\n.\r\nb\r\n", Encoding.ASCII.GetString(sink.Contents.Single()));
    }

    [Fact]
    public void Send_encrypts_with_STARTTLS_and_logs_in_only_then()
    {
        var certificates = TestCertificates.Create("localhost");
        using var sink = SmtpSink.Start(["STARTTLS", "AUTH LOGIN PLAIN"], certificates);
        using (var transport = new SmtpTransport(Account(sink, certificates) with { Security = SmtpSecurity.StartTls, User = "u", Password = "p w" }))
            Send(transport);

        Assert.True(sink.WasEncrypted);
        Assert.Single(sink.Messages);
        int auth = sink.Commands.IndexOf($"AUTH PLAIN {Base64("\0u\0p w")}");
        Assert.True(auth > sink.Commands.IndexOf("STARTTLS"));
        Assert.Equal(2, sink.Commands.Count(command => command.StartsWith("EHLO ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Send_encrypts_from_the_first_byte_where_it_is_told_to()
    {
        var certificates = TestCertificates.Create("localhost");
        using var sink = SmtpSink.Start(["AUTH PLAIN"], certificates, isImplicit: true);
        using (var transport = new SmtpTransport(Account(sink, certificates) with { Security = SmtpSecurity.Tls, User = "u", Password = "p" }))
            Send(transport);

        Assert.Single(sink.Messages);
    }

    [Fact]
    public void Send_uses_AUTH_LOGIN_where_the_server_offers_nothing_better()
    {
        using var sink = SmtpSink.Start(["AUTH LOGIN"], null, false,
            ("AUTH LOGIN", "334 VXNlcm5hbWU6"), (Base64("u"), "334 UGFzc3dvcmQ6"), (Base64("p"), "235 welcome"));
        using (var transport = new SmtpTransport(Account(sink) with { User = "u", Password = "p" }))
            Send(transport);

        Assert.Single(sink.Messages);
    }

    [Fact]
    public void Send_logs_in_by_another_mechanism_where_the_server_offers_no_other()
    {
        using var sink = SmtpSink.Start(["AUTH CRAM-MD5"], null, false, ("AUTH CRAM-MD5", $"334 {Base64("<1@sink>")}"), (Base64("u ")[..3], "235 welcome"));
        using (var transport = new SmtpTransport(Account(sink) with { User = "u", Password = "p" }))
            Send(transport);

        Assert.Single(sink.Messages);
    }

    [Fact]
    public void Send_logs_in_with_a_token_by_XOAUTH2()
    {
        using var sink = SmtpSink.Start(["AUTH XOAUTH2 PLAIN"]);
        using (var transport = new SmtpTransport(Account(sink) with { User = "u@x", AccessToken = "token" }))
            Send(transport);

        Assert.Contains($"AUTH XOAUTH2 {Base64("user=u@x\u0001auth=Bearer token\u0001\u0001")}", sink.Commands);
        Assert.Single(sink.Messages);
    }

    [Fact]
    public void Send_acknowledges_why_a_token_is_refused_and_reports_the_refusal()
    {
        using var sink = SmtpSink.Start(["AUTH XOAUTH2"], null, false, ("AUTH XOAUTH2", "334 eyJzdGF0dXMiOiI0MDAifQ=="), ("", "535 5.7.8 expired"));
        sink.Answers["EHLO"] = "250-sink\r\n250 AUTH XOAUTH2";
        var ordered = sink.Answers.OrderByDescending(answer => answer.Key.Length).ToArray();
        sink.Answers.Clear();
        foreach (var (key, value) in ordered)
            sink.Answers.Add(key, value);

        using var transport = new SmtpTransport(Account(sink) with { User = "u", AccessToken = "secret-token" });
        var error = Assert.Throws<MailTransportException>(() => Send(transport));

        Assert.Contains("535: 5.7.8 expired", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT", "554 no")]
    [InlineData("EHLO", "")]
    [InlineData("MAIL FROM", "451 greylisted")]
    [InlineData("MAIL FROM", "530 5.7.0 log in first")]
    [InlineData("MAIL FROM", "")]
    [InlineData("RCPT TO", "550 5.1.1 unknown")]
    [InlineData("RCPT TO", "")]
    [InlineData("DATA", "554 no")]
    [InlineData("DATA", "")]
    [InlineData(".", "452 4.3.1 full")]
    [InlineData(".", "554 5.7.1 spam")]
    [InlineData(".", "421 4.3.2 going down!")]
    public void Send_fails_for_certain_when_the_server_says_no_or_goes_before_the_message(string command, string answer)
    {
        foreach (string[] extensions in (string[][])[[], ["PIPELINING", "SIZE 1000000", "8BITMIME"]])
            Send_fails_for_certain(extensions, command, answer);
    }

    private void Send_fails_for_certain(string[] extensions, string command, string answer)
    {
        using var sink = SmtpSink.Start(extensions, null, false, (command, answer));
        using var transport = new SmtpTransport(Account(sink));

        var error = Assert.Throws<MailTransportException>(() => Send(transport));

        Assert.False(error.MayHaveBeenSent);
        Assert.Contains(answer.TrimEnd('!'), error.Message, StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData(".", "")]
    [InlineData(".", "?")]
    [InlineData(".", "hello")]
    [InlineData(".", "354 go on")]
    [InlineData("DATA", "354 go on!")]
    public void Send_is_uncertain_when_no_answer_to_the_message_comes_that_says_yes_or_no(string command, string answer)
    {
        using var sink = SmtpSink.Start([], null, false, (command, answer));
        using var transport = new SmtpTransport(Account(sink) with { ReplyTimeout = TimeSpan.FromSeconds(1) });

        Assert.True(Assert.Throws<MailTransportException>(() => Send(transport)).MayHaveBeenSent);
    }

    [Fact]
    public void Send_is_uncertain_when_the_connection_breaks_in_the_midst_of_a_large_message()
    {
        using var sink = SmtpSink.Start([], null, false, ("DATA", "354 go on!"));
        using var transport = new SmtpTransport(Account(sink));
        string message = "Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 100_000));

        Assert.True(Assert.Throws<MailTransportException>(() => Send(transport, message)).MayHaveBeenSent);
    }

    [Fact]
    public void Send_begins_anew_after_a_refused_mail()
    {
        using var sink = SmtpSink.Start([], null, false, ("RCPT TO:<jane", "550 unknown"));
        using var transport = new SmtpTransport(Account(sink));
        Assert.Throws<MailTransportException>(() => Send(transport));
        transport.Send(Envelope with { Recipient = "bob@example.test" }, "Subject: 1\r\n\r\n"u8.ToArray());

        Assert.Single(sink.Messages);
    }

    [Fact]
    public void Send_does_not_call_a_server_for_each_mail_that_takes_none()
    {
        using var sink = SmtpSink.Start([], null, false, ("CONNECT", "554 no"));
        using var transport = new SmtpTransport(Account(sink));
        for (int i = 0; i < 3; i++)
            Assert.Contains("554 no", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);

        Assert.Equal(1, sink.Connections);
    }

    [Fact]
    public void Send_refuses_a_certificate_of_somebody_else()
    {
        var certificates = TestCertificates.Create("other.example.test");
        using var sink = SmtpSink.Start(["STARTTLS"], certificates);
        using var transport = new SmtpTransport(Account(sink, certificates) with { Security = SmtpSecurity.StartTls });

        Assert.Contains("certificate", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void Send_refuses_an_authority_that_nobody_knows()
    {
        using var sink = SmtpSink.Start(["STARTTLS"], TestCertificates.Create("localhost"));
        using var transport = new SmtpTransport(Account(sink) with { Security = SmtpSecurity.StartTls });

        Assert.Throws<MailTransportException>(() => Send(transport));
    }

    [Fact]
    public void Send_does_not_go_on_in_the_clear_where_STARTTLS_is_asked_for()
    {
        using var sink = SmtpSink.Start();
        using var transport = new SmtpTransport(Account(sink) with { Security = SmtpSecurity.StartTls });

        Assert.Contains("does not support the STARTTLS extension", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Send_does_not_give_a_password_away_in_the_clear()
    {
        using var sink = SmtpSink.Start(["AUTH PLAIN"]);
        using var transport = new SmtpTransport(Account(sink) with { Security = SmtpSecurity.Automatic, User = "u", Password = "p" });

        Assert.Throws<MailTransportException>(() => Send(transport));
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public void Send_names_the_account_as_sender_where_it_may_not_send_as_others()
    {
        using var sink = SmtpSink.Start();
        using (var transport = new SmtpTransport(Account(sink) with { Address = "relay@acme.test" }))
            Send(transport);

        Assert.Contains("MAIL FROM:<relay@acme.test>", sink.Commands);
        Assert.StartsWith("Sender: relay@acme.test\nSubject: ", sink.Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Send_reports_a_server_that_is_not_there()
    {
        int port;
        using (var sink = SmtpSink.Start())
            port = sink.Port;
        using var transport = new SmtpTransport(new SmtpAccount { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None });

        Assert.Contains("cannot be reached", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jane@example.test>\r\nDATA")]
    [InlineData("jane@example.test>\nRCPT TO:<eve@example.test")]
    [InlineData("ja\0ne@example.test")]
    [InlineData("jüne@example.test")]            // needs SMTPUTF8 (RFC 6531), which is not offered here
    public void Send_puts_nothing_but_an_address_into_a_command(string recipient)
    {
        using var sink = SmtpSink.Start();
        using var transport = new SmtpTransport(Account(sink));

        var error = Assert.Throws<MailTransportException>(() => transport.Send(Envelope with { Recipient = recipient }, "Subject: x\r\n\r\n"u8.ToArray()));

        Assert.False(error.MayHaveBeenSent);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("RCPT", StringComparison.Ordinal) || command == "DATA");
    }

    [Fact]
    public void Send_reads_replies_of_several_lines()
    {
        using var sink = SmtpSink.Start([], null, false, ("CONNECT", "220-sink\r\n220-No advertising.\r\n220 "), ("MAIL", "250-fine\r\n250"), ("DATA", "354-go\r\n354 on"));
        using (var transport = new SmtpTransport(Account(sink)))
            Send(transport);

        Assert.Single(sink.Messages);
    }

    public static TheoryData<string> Floods => new()
    {
        string.Concat(Enumerable.Repeat("250-x\r\n", 20_000)) + "250 x",
        "250 " + new string('x', 100_000),
        "hello",
        "25",
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void Send_takes_no_reply_without_end_or_sense(string answer)
    {
        using var sink = SmtpSink.Start([], null, false, ("EHLO", answer));
        using var transport = new SmtpTransport(Account(sink));

        Assert.False(Assert.Throws<MailTransportException>(() => Send(transport)).MayHaveBeenSent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Send_does_not_wait_for_ever_for_a_server_that_says_a_letter_now_and_then(bool isEncrypted)
    {
        var certificates = TestCertificates.Create("localhost");
        using var sink = SmtpSink.Start([], certificates, isEncrypted);
        sink.PauseAfterEachByte = TimeSpan.FromMilliseconds(150);
        var account = Account(sink, certificates) with { ReplyTimeout = TimeSpan.FromMilliseconds(600) };
        using var transport = new SmtpTransport(account with { Security = isEncrypted ? SmtpSecurity.Tls : SmtpSecurity.None });

        Assert.Contains("in time", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Send_does_not_wait_for_ever_for_a_server_that_takes_no_connection()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        first.Connect(listener.LocalEndPoint!);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var transport = new SmtpTransport(new SmtpAccount { Host = "::1", Port = port, ConnectTimeout = TimeSpan.FromMilliseconds(300) });

        Assert.Contains("cannot be reached: Connection timed out", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
    }

    // CVE-2011-0411: what a man in the middle adds to the reply in the clear would count as the server's, under TLS.
    [Fact]
    public void Send_takes_nothing_over_into_TLS_that_came_in_the_clear()
    {
        var certificates = TestCertificates.Create("localhost");
        using var sink = SmtpSink.Start(["STARTTLS"], certificates, false, ("STARTTLS", "220 go\r\n250-sink\r\n250 AUTH PLAIN"));
        using var transport = new SmtpTransport(Account(sink, certificates) with { Security = SmtpSecurity.StartTls, User = "u", Password = "p" });

        Assert.Throws<MailTransportException>(() => Send(transport));
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    // The answer of somebody in between who wants to see the password.
    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Automatic)]
    public void Send_does_not_log_in_where_STARTTLS_was_taken_out_of_the_offer(SmtpSecurity security)
    {
        using var sink = SmtpSink.Start(["XXXXXXXX", "AUTH PLAIN LOGIN XOAUTH2"]);
        using var transport = new SmtpTransport(Account(sink) with { Security = security, User = "u", AccessToken = "t" });

        Assert.Throws<MailTransportException>(() => Send(transport));
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost", 0)]
    [InlineData("localhost", 70000)]
    [InlineData("", 25)]
    public void Send_reports_an_account_that_leads_nowhere(string host, int port)
    {
        using var transport = new SmtpTransport(new SmtpAccount { Host = host, Port = port, Security = SmtpSecurity.None });

        Assert.Contains("cannot be reached", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Send_uses_SMTPUTF8_where_it_is_offered_and_an_address_needs_it()
    {
        using var sink = SmtpSink.Start(["8BITMIME", "SMTPUTF8"]);
        using (var transport = new SmtpTransport(Account(sink)))
            transport.Send(Envelope with { Recipient = "jüne@xn--bcher-kva.example" }, "To: jüne@bücher.example\r\nSubject: x\r\n\r\n"u8.ToArray());

        Assert.Contains("MAIL FROM:<support@acme.test> SMTPUTF8", sink.Commands);
        Assert.Contains("RCPT TO:<jüne@bücher.example>", sink.Commands);
        Assert.Equal("To: jüne@bücher.example\r\nSubject: x\r\n\r\n"u8.ToArray(), sink.Contents.Single());
    }

    // The envelope has the account's address; the header does not.
    [Fact]
    public void Send_uses_SMTPUTF8_where_the_header_alone_needs_it()
    {
        using var sink = SmtpSink.Start(["8BITMIME", "SMTPUTF8"]);
        using (var transport = new SmtpTransport(Account(sink) with { Address = "relay@acme.test" }))
            transport.Send(Envelope with { Sender = "jüne@acme.test" }, "From: jüne@acme.test\r\nSubject: x\r\n\r\n"u8.ToArray());

        Assert.Contains("MAIL FROM:<relay@acme.test> SMTPUTF8", sink.Commands);
        Assert.Equal("Sender: relay@acme.test\r\nFrom: jüne@acme.test\r\nSubject: x\r\n\r\n"u8.ToArray(), sink.Contents.Single());
    }

    [Fact]
    public void Send_says_that_an_address_needs_SMTPUTF8_where_it_is_not_offered()
    {
        using var sink = SmtpSink.Start(["8BITMIME"]);
        using var transport = new SmtpTransport(Account(sink));

        var error = Assert.Throws<MailTransportException>(
            () => transport.Send(Envelope with { Recipient = "jüne@example.test" }, "Subject: x\r\n\r\n"u8.ToArray()));

        Assert.False(error.MayHaveBeenSent);
        Assert.Equal($"localhost:{sink.Port} does not offer SMTPUTF8, which mail from support@acme.test to jüne@example.test needs", error.Message);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    // The next server may lack it, and the mail would come back.
    [Fact]
    public void Send_does_without_SMTPUTF8_where_addresses_are_ASCII()
    {
        using var sink = SmtpSink.Start(["8BITMIME", "SMTPUTF8"]);
        using (var transport = new SmtpTransport(Account(sink)))
        {
            transport.Send(Envelope with { Recipient = "jüne@example.test" }, "Subject: 1\r\n\r\n"u8.ToArray());
            transport.Send(Envelope with { Recipient = "jane@xn--bcher-kva.example" }, "Subject: 2\r\n\r\n"u8.ToArray());
            transport.Send(Envelope with { Recipient = "jüne@example.test" }, "Subject: 3\r\n\r\n"u8.ToArray());
        }

        Assert.Equal(3, sink.Messages.Count);
        Assert.Equal(2, sink.Connections);
        Assert.Contains("MAIL FROM:<support@acme.test>", sink.Commands);
        Assert.Contains("RCPT TO:<jane@xn--bcher-kva.example>", sink.Commands);
    }

    public static TheoryData<string> Offers => new("", "8BITMIME", "8BITMIME PIPELINING SIZE SMTPUTF8 DSN", "8BITMIME BINARYMIME CHUNKING");

    [Theory]
    [MemberData(nameof(Offers))]
    public void Send_hands_over_the_bytes_that_were_composed(string offer)
    {
        using var sink = SmtpSink.Start(offer.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        byte[][] messages = [.. Composed().Select(mail => OutgoingMessage.Compose(mail, DateTimeOffset.UnixEpoch))];
        using (var transport = new SmtpTransport(Account(sink)))
        {
            foreach (byte[] message in messages)
                transport.Send(Envelope, message);
        }

        Assert.Equal(messages, sink.Contents);
    }

    [Fact]
    public void Send_hands_over_the_bytes_that_were_composed_in_UTF_8()
    {
        using var sink = SmtpSink.Start(["8BITMIME", "SMTPUTF8"]);
        var recipient = new Correspondent("jüne@bücher.example", "Jüne Größe");
        byte[][] messages = [.. Composed().Select(mail => OutgoingMessage.Compose(mail with { Recipient = recipient }, DateTimeOffset.UnixEpoch))];
        using (var transport = new SmtpTransport(Account(sink)))
        {
            foreach (byte[] message in messages)
                transport.Send(Envelope with { Recipient = "jüne@xn--bcher-kva.example" }, message);
        }

        Assert.Equal(messages, sink.Contents);
    }

    [Fact]
    public void Send_lets_no_secret_into_an_error()
    {
        using var sink = SmtpSink.Start(["AUTH PLAIN"], null, false, ("AUTH", "535 5.7.8 wrong"));
        using var transport = new SmtpTransport(Account(sink) with { User = "u", Password = "pa55word" });

        string error = Assert.Throws<MailTransportException>(() => Send(transport)).ToString();

        Assert.Contains($"localhost:{sink.Port} refuses the account u: 535: 5.7.8 wrong", error, StringComparison.Ordinal);
        Assert.DoesNotContain("pa55word", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Base64("\0u\0pa55word"), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Send_names_a_file_of_certificates_that_cannot_be_read()
    {
        using var sink = SmtpSink.Start(["STARTTLS"], TestCertificates.Create("localhost"));
        using var transport = new SmtpTransport(Account(sink) with { Security = SmtpSecurity.StartTls, CaFile = "/nowhere/ca.pem" });

        Assert.Contains("/nowhere/ca.pem cannot be read", Assert.Throws<MailTransportException>(() => Send(transport)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HELO", "EHLO", "502 what", "HELO with 502 what")]
    [InlineData("STARTTLS", "STARTTLS", "454 no", "STARTTLS with 454 no")]
    [InlineData("CONNECT", "CONNECT", "421 busy", "the connection with 421 busy")]
    public void Send_says_what_a_server_did_not_like(string first, string second, string answer, string expected)
    {
        using var sink = SmtpSink.Start(["STARTTLS"], null, false, [(first, answer), .. first == second ? [] : new[] { (second, answer) }]);
        using var transport = new SmtpTransport(Account(sink) with { Security = SmtpSecurity.Automatic });

        Assert.Equal($"localhost:{sink.Port} answers {expected}", Assert.Throws<MailTransportException>(() => Send(transport)).Message);
    }

    private static OutgoingMail[] Composed()
    {
        var file = new OutgoingFile("k", "Größe.txt", "text/plain", "From here\r\n.\r\n\0\xff"u8.ToArray());
        return
        [
            Mails.Autoresponse,
            Mails.Alert with { Html = null, Text = "From me\n.\n..\nGröße  \n" },
            Mails.Alert with { Html = null, Text = "", Subject = "" },
            Mails.Alert with { Html = $"<p>Größe</p>{new string('x', 5000)}", Subject = new string('y', 3000) },
            Mails.Alert with { Html = null, Text = string.Concat(Enumerable.Repeat("学生 ", 300)), Subject = "学生 \U0001F600 =?utf-8?q?x?=" },
            Mails.Alert with { Html = "<img src=\"cid:k\">", Images = [file], Attachments = [file, file with { MediaType = "message/rfc822" }] },
            Mails.Alert with { References = [.. Enumerable.Range(0, 20).Select(i => $"<{i}-{new string('r', 60)}@mail.test>")] },
        ];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void Send(SmtpTransport transport, string message = "Subject: Hello\r\n\r\nHello\r\n") =>
        transport.Send(Envelope, Encoding.ASCII.GetBytes(message));

    private SmtpAccount Account(SmtpSink sink, TestCertificates? certificates = null)
    {
        string? caFile = null;
        if (certificates is not null)
        {
            caFile = Path.Combine(_folder.Path, "ca.pem");
            File.WriteAllText(caFile, certificates.AuthorityPem);
        }

        return new SmtpAccount { Host = "localhost", Port = sink.Port, Security = SmtpSecurity.None, CaFile = caFile, ReplyTimeout = TimeSpan.FromSeconds(20) };
    }
}
