using System.Text;
using Pipe.Tickets;

namespace Pipe.MailSystems.Tests.Envelopes;

public sealed class EnvelopeReaderTests
{
    private const string Plain = "From: joe@x.test\nTo: list@y.test\n\nhi\n";

    // Each environment as that mail system really passes it.
    public static TheoryData<string, string, string, Envelope> Callers => new()
    {
        {
            "Exim, alias",
            "LOCAL_PART=support|LOGNAME=mail|USER=mail|LOCAL_PART_PREFIX=|LOCAL_PART_SUFFIX=|DOMAIN=acme.test|HOME=|MESSAGE_ID=1tABCD-000012-3x|"
                + "PATH=/bin:/usr/bin|RECIPIENT=support@acme.test|QUALIFY_DOMAIN=mx.acme.test|SENDER=joe@x.test|SHELL=/bin/sh",
            "From joe@x.test Mon Jan  1 00:00:00 2024\n" + Plain,
            new Envelope("joe@x.test", "support@acme.test", null, "exim", "1tABCD-000012-3x")
        },
        {
            "Exim, bounce with a suffix",
            "LOCAL_PART=support|LOCAL_PART_SUFFIX=+42|MESSAGE_ID=1tABCD-000012-3x|RECIPIENT=support+42@acme.test|QUALIFY_DOMAIN=acme.test|SENDER=",
            "From MAILER-DAEMON Mon Jan  1 00:00:00 2024\n" + Plain,
            new Envelope("", "support+42@acme.test", "42", "exim", "1tABCD-000012-3x")
        },
        {
            "Postfix local(8), alias",
            "DOMAIN=acme.test|EXTENSION=42|LANG=C|LOCAL=support+42|LOGNAME=nobody|MAIL_CONFIG=/etc/postfix|ORIGINAL_RECIPIENT=help+42@acme.test|"
                + "PATH=/usr/bin:/bin|RECIPIENT=support+42@acme.test|SENDER=joe@x.test|USER=nobody",
            "From joe@x.test Mon Jan  1 00:00:00 2024\nReturn-Path: <joe@x.test>\nX-Original-To: help+42@acme.test\nDelivered-To: support+42@acme.test\n"
                + "Received: from x.test (x.test [192.0.2.1])\n\tby mx.acme.test (Postfix) with ESMTP id 4XyZ12abc\n\tfor <help+42@acme.test>; Mon, 1 Jan 2024 00:00:00 +0000 (UTC)\n" + Plain,
            new Envelope("joe@x.test", "support+42@acme.test", "42", "postfix-local", "4XyZ12abc", "help+42@acme.test")
        },
        {
            "Postfix pipe(8), nothing passed",
            "MAIL_CONFIG=/etc/postfix|PATH=/usr/bin:/bin|LANG=C",
            "From MAILER-DAEMON Mon Jan  1 00:00:00 2024\nReturn-Path: <MAILER-DAEMON>\nX-Original-To: help@acme.test\nDelivered-To: support@acme.test\n" + Plain,
            new Envelope("", "support@acme.test", null, "postfix-pipe", null, "help@acme.test")
        },
        {
            "sendmail",
            "AGENT=sendmail|TZ=",
            "From joe@x.test  Mon Jan  1 00:00:00 2024\nReceived: from x.test (x.test [192.0.2.1])\n\tby mx (8.17.1/8.17.1) with ESMTPS id 4A1B2c;\n\tMon, 1 Jan 2024 00:00:00 GMT\n" + Plain,
            new Envelope("joe@x.test", null, null, "sendmail", "4A1B2c")
        },
        {
            "sendmail with smrsh, which empties the environment",
            "PATH=/usr/bin:/bin|PWD=/",
            "From joe@x.test Mon Jan  1 00:00:00 2024\nReceived: (from root@localhost)\n\tby mx.acme.test (8.17.1.9/8.17.1.9) id 6AN6i0OS000083\n\tfor support+42@acme.test; Mon, 1 Jan 2024 00:00:00 GMT\n" + Plain,
            new Envelope("joe@x.test", null, null, "sendmail", "6AN6i0OS000083")
        },
        {
            "qmail, virtual domain",
            "SENDER=joe@x.test|NEWSENDER=joe@x.test|RECIPIENT=acct-support-42@acme.test|USER=acct|HOME=/home/acct|HOST=acme.test|HOST2=acme|LOCAL=acct-support-42|"
                + "EXT=support-42|EXT2=42|DEFAULT=42|DTLINE=Delivered-To: acct-support-42@acme.test\n|RPLINE=Return-Path: <joe@x.test>\n|UFLINE=From joe@x.test Mon Jan  1 00:00:00 2024\n",
            Plain,
            new Envelope("joe@x.test", "acct-support-42@acme.test", "42", "qmail", null, "support-42@acme.test")
        },
        {
            "qmail, ~alias, bounce",
            "SENDER=|NEWSENDER=|RECIPIENT=support@acme.test|USER=alias|HOST=acme.test|LOCAL=support|EXT=support|DTLINE=Delivered-To: support@acme.test\n|RPLINE=Return-Path: <>\n|UFLINE=From MAILER-DAEMON\n",
            Plain,
            new Envelope("", "support@acme.test", "support", "qmail")
        },
        {
            "Courier",
            "SENDER=joe@x.test|RECIPIENT=support@acme.test|HOST=acme.test|LOCAL=support|USER=support|DTLINE=Delivered-To: support@acme.test|RPLINE=Return-Path: <joe@x.test>|UFLINE=From joe@x.test|MAILDROPDEFAULT=./Maildir|PATH=/usr/bin|SHELL=/bin/sh",
            Plain,
            new Envelope("joe@x.test", "support@acme.test", null, "courier")
        },
        {
            "OpenSMTPD",
            "PATH=/bin|DOMAIN=acme.test|HOME=/home/pipe|ORIGINAL_RECIPIENT=help@acme.test|RECIPIENT=support@acme.test|SHELL=/bin/sh|LOCAL=support|LOGNAME=pipe|USER=pipe|SENDER=joe@x.test|EXTENSION=",
            "Return-Path: joe@x.test\nDelivered-To: support@acme.test\n" + Plain,
            new Envelope("joe@x.test", "support@acme.test", null, "opensmtpd", null, "help@acme.test")
        },
        {
            "OpenSMTPD 6.8, bounce",
            "USER=pipe|HOME=/var/lib/pipe|DOMAIN=acme.test|LOGNAME=pipe|LOCAL=support+42|PATH=/bin:/usr/bin|SENDER=|SHELL=/bin/sh|PWD=/var/lib/pipe|RECIPIENT=support+42@acme.test",
            "Return-Path: <>\nDelivered-To: support+42@acme.test\nReceived: from localhost (mx [local])\n\tby mx (OpenSMTPD) with ESMTPA id a63cd1d0\n\tfor <support+42@acme.test>;\n\tMon, 1 Jan 2024 00:00:00 +0000 (UTC)\n" + Plain,
            new Envelope("", "support+42@acme.test", "42", "opensmtpd", "a63cd1d0")
        },
        {
            "procmail",
            "LOGNAME=joe|HOME=/home/joe|SHELL=/bin/sh|PATH=/bin|MAILDIR=/home/joe|DEFAULT=/var/mail/joe|ORGMAIL=/var/mail/joe|PROCMAIL_VERSION=3.22|LASTFOLDER=|HOST=mx",
            "From joe@x.test Mon Jan  1 00:00:00 2024\nDelivered-To: support@acme.test\n" + Plain,
            new Envelope("joe@x.test", "support@acme.test", null, "procmail")
        },
        {
            "maildrop",
            "HOME=/home/joe|LOGNAME=joe|FROM=joe@x.test|SIZE=123|LINES=4|HOSTNAME=mx|DEFAULT=/var/mail/joe|SHELL=/bin/sh|PATH=/bin",
            Plain,
            new Envelope("joe@x.test", null, null, "maildrop")
        },
        {
            "maildrop, bounce",
            "HOME=/home/joe|LOGNAME=joe|FROM=joe|SIZE=123|LINES=4|HOSTNAME=mx|DEFAULT=/var/mail/joe|SHELL=/bin/sh|PATH=/bin",
            "From MAILER-DAEMON Mon Jan  1 00:00:00 2024\nReturn-Path: <>\nDelivered-To: joe@acme.test\n" + Plain,
            new Envelope("", "joe@acme.test", null, "maildrop")
        },
        {
            "a person's shell",
            "HOME=/home/joe|USER=joe|LANG=C.UTF-8|TERM=xterm",
            "Received: by mx (8.17.1/8.17.1); Mon, 1 Jan 2024 00:00:00 +0000\n" + Plain,
            new Envelope()
        },
        {
            "nothing at all",
            "",
            "",
            new Envelope()
        },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Read_recognises_the_caller_and_what_it_passes(string name, string variables, string message, Envelope expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, await ReadAsync(message, variables));
    }

    [Fact]
    public async Task Read_takes_each_source_of_the_recipient_when_those_before_it_say_nothing()
    {
        string message = "Received: by mx\nX-Original-To: f@x\nDelivered-To: <e@x>\nDelivered-To: older@x\n" + Plain;
        string variables = "RECIPIENT=b@x|ORIGINAL_RECIPIENT=c@x|DTLINE=Delivered-To: d@x\n";

        Assert.Equal("a@x", (await ReadAsync(message, variables, new EnvelopeOptions { Recipient = "a@x" })).Recipient);
        Assert.Equal("b@x", (await ReadAsync(message, variables, new EnvelopeOptions { Recipient = "" })).Recipient);
        Assert.Equal("c@x", (await ReadAsync(message, variables.Replace("b@x", "", StringComparison.Ordinal))).Recipient);
        Assert.Equal("d@x", (await ReadAsync(message, "DTLINE=Delivered-To: d@x\n")).Recipient);
        Assert.Equal("e@x", (await ReadAsync(message, "")).Recipient);
        Assert.Equal("f@x", (await ReadAsync(message.Replace("Delivered", "Divided", StringComparison.Ordinal), "")).Recipient);
        Assert.Null((await ReadAsync(Plain, "")).Recipient);
    }

    [Fact]
    public async Task Read_takes_each_source_of_the_sender_when_those_before_it_say_nothing()
    {
        string message = "From e@x Mon Jan  1 00:00:00 2024\nReturn-Path: <d@x>\n" + Plain;
        string variables = "SENDER=b@x|RPLINE=Return-Path: <c@x>\n";

        Assert.Equal("a@x", (await ReadAsync(message, variables, new EnvelopeOptions { Sender = "a@x" })).Sender);
        Assert.Equal("b@x", (await ReadAsync(message, variables)).Sender);
        Assert.Equal("c@x", (await ReadAsync(message, "RPLINE=Return-Path: <c@x>\n")).Sender);
        Assert.Equal("d@x", (await ReadAsync(message, "")).Sender);
        Assert.Equal("e@x", (await ReadAsync(message.Replace("Return-Path", "X", StringComparison.Ordinal), "")).Sender);
        Assert.Null((await ReadAsync(Plain, "")).Sender);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("< >")]
    [InlineData("MAILER-DAEMON")]
    [InlineData("<mailer-daemon>")]
    [InlineData("@")]
    public async Task Read_knows_every_spelling_of_the_null_reverse_path(string sender)
    {
        Assert.Equal("", (await ReadAsync(Plain, "SENDER=joe@x.test", new EnvelopeOptions { Sender = sender })).Sender);
        Assert.Equal("", (await ReadAsync(Plain, "SENDER=" + sender)).Sender);
    }

    [Theory]
    [InlineData("From \"joe doe\"@x.test Mon Jan  1 00:00:00 2024", "\"joe doe\"@x.test")]
    [InlineData("From \"joe\\\" doe\"@x.test Mon Jan  1 00:00:00 2024", "\"joe\\\" doe\"@x.test")]
    [InlineData("From joe@x.test\tMon Jan  1 00:00:00 2024", "joe@x.test")]
    [InlineData("From   joe@x.test", "joe@x.test")]
    [InlineData("From \"joe", "\"joe")]
    [InlineData("From MAILER-DAEMON Mon Jan  1 00:00:00 2024", "")]
    public async Task Read_takes_the_sender_out_of_the_mbox_separator_line(string line, string sender) =>
        Assert.Equal(sender, (await ReadAsync(line + "\n" + Plain, "")).Sender);

    [Fact]
    public async Task Read_leaves_control_characters_and_the_excess_out_of_what_a_sender_chose()
    {
        string hostile = "joe\n2024 forged log line\u001b[31m@x.test";

        var envelope = await ReadAsync(Plain, "", new EnvelopeOptions { Sender = hostile, Recipient = new string('a', 100_000), Extension = "\0" });

        Assert.Equal("joe2024 forged log line[31m@x.test", envelope.Sender);
        Assert.Equal(512, envelope.Recipient!.Length);
        Assert.Null(envelope.Extension);
    }

    [Theory]
    [InlineData("Delivered-To: a@x")]                            // no line end at all
    [InlineData("Delivered-To:\r\n\ta@x\r\n\r\nbody")]           // folded
    [InlineData("delivered-to : a@x\r\n\r\n")]                   // RFC 5322 section 4.5.2: white space before the colon
    [InlineData("\u00EF\u00BB\u00BFDelivered-To: a@x\n\n")]      // a byte-order mark
    [InlineData("junk\n: b@x\nDelivered-To: a@x\n\n")]
    public async Task Read_finds_a_trace_field_in_broken_header_blocks(string message) =>
        Assert.Equal("a@x", (await ReadAsync(message, "")).Recipient);

    [Theory]
    [InlineData("\nDelivered-To: a@x\n\n")]
    [InlineData("From: b@x\n\nDelivered-To: a@x\n")]
    [InlineData("From: b@x\r\n\r\nDelivered-To: a@x\n")]
    [InlineData("Delivered-To:\n\n")]
    public async Task Read_takes_nothing_from_the_body(string message) =>
        Assert.Null((await ReadAsync(message, "")).Recipient);

    [Fact]
    public async Task Read_looks_no_further_than_the_first_64_KiB()
    {
        string message = "X-Long: " + new string('a', 70_000) + "\nDelivered-To: a@x\n\n";

        Assert.Null((await ReadAsync(message, "")).Recipient);
    }

    [Theory]
    [InlineData("from a (id wrong) by b with ESMTP id right; id later", "right")]
    [InlineData("by b (id wrong (id worse)) id\n\tright", "right")]
    [InlineData("from a by b", null)]
    [InlineData("(((((((", null)]
    [InlineData("x id", null)]
    public async Task Read_takes_the_queue_id_from_the_topmost_Received_field(string received, string? id) =>
        Assert.Equal(id, (await ReadAsync($"Received: {received}\nReceived: by c id older; date\n{Plain}", "")).QueueId);

    private static async Task<Envelope> ReadAsync(string message, string variables, EnvelopeOptions? options = null)
    {
        var environment = variables.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        using var raw = await RawMessage.ReadAsync(new MemoryStream(Encoding.Latin1.GetBytes(message)), new RawMessageOptions());
        return EnvelopeReader.Read(options ?? new EnvelopeOptions(), environment.GetValueOrDefault, raw);
    }
}
