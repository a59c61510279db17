using System.Text;
using MimeKit;

namespace Pipe.Outgoing;

public class OutgoingMessageTests
{
    private static readonly DateTimeOffset Date = new(2026, 11, 22, 9, 11, 5, TimeSpan.Zero);

    [Fact]
    public void Compose_says_in_plain_ASCII_that_the_mail_is_automatic()
    {
        string raw = Raw(Mails.Autoresponse);

        Assert.Contains("\r\nAuto-Submitted: auto-replied\r\n", raw, StringComparison.Ordinal);
        Assert.Contains("\r\nPrecedence: auto_reply\r\n", raw, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Auto-Response-Suppress: DR, RN, OOF, AutoReply\r\n", raw, StringComparison.Ordinal);
        Assert.Contains("\r\nAuto-Submitted: auto-generated\r\n", Raw(Mails.Alert), StringComparison.Ordinal);
        Assert.DoesNotContain("Precedence", Raw(Mails.Alert), StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_writes_the_signed_Message_ID_as_it_is()
    {
        Assert.Contains(
            "\r\nMessage-Id: <BI6xjT6-aB3_=-BwAAACoAAAAJAAAAVYjCjpCR-support@acme.test>\r\n", Raw(Mails.Autoresponse), StringComparison.OrdinalIgnoreCase);
    }

    // Whose ticket it is stands in To; there is no mail that goes to both.
    [Fact]
    public void Compose_names_a_collaborator_in_Cc_alone()
    {
        using var message = Parse(Mails.Autoresponse with { IsCarbonCopy = true });

        Assert.Equal("jane@example.test", Assert.Single(message.Cc.Mailboxes).Address);
        Assert.Empty(message.To);
        Assert.DoesNotContain("\nTo:", Raw(Mails.Autoresponse with { IsCarbonCopy = true }), StringComparison.OrdinalIgnoreCase);
    }

    // Carriers in Japan gave out such addresses.
    [Theory]
    [InlineData("max..m@x.test", "\"max..m\"@x.test")]
    [InlineData("max.@x.test", "\"max.\"@x.test")]
    [InlineData(".max@x.test", "\".max\"@x.test")]
    [InlineData("\"max..m\"@x.test", "\"max..m\"@x.test")]
    public void Compose_quotes_a_local_part_with_dots_anywhere(string address, string written)
    {
        string raw = Raw(Mails.Autoresponse with { Recipient = new Correspondent(address, "Max") });

        Assert.Contains($"\r\nTo: Max <{written}>\r\n", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_cites_all_references_in_folded_lines()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"<a-rather-long-message-id-{i}@mail.example.test>")];
        using var message = Parse(Mails.Autoresponse with { InReplyTo = ids[^1], References = ids });

        Assert.Equal(ids.Select(id => id[1..^1]), message.References);
        Assert.Equal(ids[^1][1..^1], message.InReplyTo);
        Assert.DoesNotContain(
            Raw(Mails.Autoresponse with { References = ids }).Split("\r\n"), line => line.Length > 998);
    }

    [Theory]
    [InlineData("Größe der Tür: 学生 \U0001F600")]
    [InlineData("plain")]
    [InlineData("=?utf-8?q?not_a_word?=")]
    [InlineData("a =?utf-8?q?b?= c")]
    [InlineData("x=?utf-8?q?b?=y (=?utf-8?b?4pyT?=)")]
    [InlineData("=?utf-8?b?4pyT?= und  =?utf-8?b?4pyT?= für \"Größe\", <x@y>: \U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600")]
    [InlineData("=? ?= =?")]
    public void Compose_keeps_a_subject_and_a_name_whatever_their_script(string text)
    {
        using var message = Parse(Mails.Autoresponse with { Subject = text, Recipient = new Correspondent("jane@example.test", text) });

        Assert.Equal(text, message.Subject);
        Assert.Equal(text, message.To.Mailboxes.Single().Name);
        Assert.True(Ascii.IsValid(Raw(Mails.Autoresponse with { Subject = text })));
    }

    [Theory]
    [InlineData("Hi\r\nBcc: victim@example.test")]
    [InlineData("Hi\nBcc: victim@example.test")]
    [InlineData("Hi\r\n\r\n<script>")]
    [InlineData("=?utf-8?q?Hi?=\r\nBcc: victim@example.test")]
    [InlineData("\"Q\" <x@y>\r\nBcc: victim@example.test")]
    public void Compose_makes_no_header_of_line_ends_in_a_subject_or_a_name(string text)
    {
        using var message = Parse(Mails.Autoresponse with { Subject = text, Recipient = new Correspondent("jane@example.test", text) });

        Assert.Empty(message.Bcc);
        Assert.DoesNotContain("\r\nBcc", Raw(Mails.Autoresponse with { Subject = text }), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("jane@example.test", message.To.Mailboxes.Single().Address);
        Assert.IsType<MultipartAlternative>(message.Body);
    }

    [Fact]
    public void Compose_gives_text_and_HTML_and_puts_the_separator_and_the_reference_into_the_text()
    {
        using var message = Parse(Mails.Autoresponse with
        {
            Html = "<div style=\"display:none\" class=\"mid-x\">-- above --<br/></div><p>Hello <b>you</b></p>",
            ReplySeparator = "-- above --",
        });

        Assert.Equal(
            "-- above --\n\nHello you\n\nRef-Mid: BI6xjT6-aB3_=-BwAAACoAAAAJAAAAVYjCjpCR-support@acme.test\n",
            message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<p>Hello <b>you</b></p>", message.HtmlBody!, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_embeds_the_images_that_the_HTML_shows()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0, 255, 13, 10];
        const string Key = "b56944cb4722cc5cda9d1e23a3ea7fbc";
        using var message = Parse(Mails.Alert with
        {
            Html = $"<img src=\"cid:{Key}\">",
            Images = [new OutgoingFile(Key, "logo.png", "image/png", png)],
        });

        var related = Assert.IsType<MultipartRelated>(message.Body);
        Assert.IsType<MultipartAlternative>(related[0]);
        var image = Assert.IsAssignableFrom<MimePart>(related[1]);
        Assert.Equal($"{Key}@acme.test", image.ContentId);
        Assert.Equal("logo.png", image.FileName);
        Assert.Contains($"cid:{Key}@acme.test", message.HtmlBody!, StringComparison.Ordinal);
        using var content = new MemoryStream();
        image.Content!.DecodeTo(content);
        Assert.Equal(png, content.ToArray());
    }

    [Fact]
    public void Compose_attaches_files_behind_the_text()
    {
        using var message = Parse(Mails.Autoresponse with
        {
            Attachments = [new OutgoingFile("k", "a\r\nX: b.txt", "text/plain", "hello"u8.ToArray()), new OutgoingFile("k", "m.eml", "message/rfc822", "From: x\r\n\r\n"u8.ToArray())],
        });

        var mixed = Assert.IsType<Multipart>(message.Body);
        Assert.Equal("mixed", mixed.ContentType.MediaSubtype);
        Assert.Equal("a__X: b.txt", ((MimePart)mixed[1]).FileName);
        Assert.Equal("application/octet-stream", mixed[2].ContentType.MimeType);
        Assert.Null(message.Headers["X"]);
    }

    [Fact]
    public void Compose_sends_text_alone_where_rich_text_is_off()
    {
        using var message = Parse(Mails.Autoresponse with { TextOnly = true });

        Assert.True(Assert.IsType<TextPart>(message.Body).IsPlain);
        Assert.StartsWith("Hello\n\nRef-Mid: ", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_writes_domains_of_any_script_in_ASCII()
    {
        string raw = Raw(Mails.Autoresponse with { Recipient = new Correspondent("jane@bücher.example", "") });

        Assert.Contains("jane@xn--bcher-kva.example", raw, StringComparison.Ordinal);
    }

    public static TheoryData<string> Texts => new(
        "From me\n.\n..\n.dot\nGröße\n",
        "Größe\nFrom the start\nFrom",
        "plain\nFrom me\n.",
        "From",
        ".",
        "Größe \n\n.\n\tblank \t\n = =3D =\n",
        string.Concat(Enumerable.Repeat("Größe. From here .. ", 60)),
        new string('.', 3000),
        string.Concat(Enumerable.Repeat("From ", 600)),
        "学生.\nFrom 学生\n.",
        "bell\a and form feed\f",
        "line separator\u2028 and\u0085 next line");

    // mbox and its relatives put ">" before "From ", and a line of one dot has been taken for the end by more than one program.
    [Theory]
    [MemberData(nameof(Texts))]
    public void Compose_changes_no_word_and_begins_no_line_with_From_or_a_dot(string text)
    {
        var mail = Mails.Alert with { Html = null, Text = text };
        using var message = Parse(mail);
        string raw = Raw(mail);

        string read = message.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Equal(text, text.EndsWith('\n') ? read : read.TrimEnd('\n'));
        Assert.DoesNotContain(raw[raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].Split("\r\n"), line => line.StartsWith("From ", StringComparison.Ordinal) || line.StartsWith('.'));
    }

    [Fact]
    public void Compose_writes_no_line_end_but_CRLF_and_keeps_a_carriage_return_of_the_text()
    {
        var mail = Mails.Alert with { Html = null, Text = "a\rb\nc\r\nd\r.\n" };
        using var message = Parse(mail);

        Assert.Equal("a\rb\nc\nd\r.\n", message.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(-1, Raw(mail).Replace("\r\n", "", StringComparison.Ordinal).AsSpan().IndexOfAny('\r', '\n'));
    }

    [Fact]
    public void Compose_divides_parts_with_boundaries_that_nothing_else_has()
    {
        using var message = Parse(Mails.Alert with
        {
            Images = [new OutgoingFile("k", "logo.png", "image/png", [1])],
            Attachments = [new OutgoingFile("k", "a.txt", "text/plain", "hello"u8.ToArray())],
        });

        var mixed = Assert.IsType<Multipart>(message.Body);
        var related = Assert.IsType<MultipartRelated>(mixed[0]);
        var alternative = Assert.IsType<MultipartAlternative>(related[0]);
        Assert.Equal(3, new HashSet<string?> { mixed.Boundary, related.Boundary, alternative.Boundary }.Count);
        Assert.All([mixed, related, alternative], multipart => Assert.Matches("^=_[0-9a-z]{24}$", multipart.Boundary));
        Assert.Equal(2, mixed.Count);
        Assert.Equal(2, related.Count);
        Assert.Equal(2, alternative.Count);
    }

    public static TheoryData<string, string> LongTexts => new()
    {
        { "jane@example.test", "y" },
        { "jane@example.test", "ü" },
        { "jüne@example.test", "y" },
        { "jüne@example.test", "ü" },
        { "jüne@example.test", "学" },
    };

    [Theory]
    [MemberData(nameof(LongTexts))]
    public void Compose_keeps_every_line_within_998_octets(string address, string character)
    {
        string text = string.Concat(Enumerable.Repeat(character, 3000));
        var mail = Mails.Autoresponse with
        {
            Recipient = new Correspondent(address, text),
            Html = $"<p>{text}</p>",
            Subject = text,
            Attachments = [new OutgoingFile("k", text, $"text/plain; x={text}", []), new OutgoingFile("k", "x", $"text/{text}", [])],
        };
        using var message = Parse(mail);

        Assert.All(Raw(mail).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        Assert.Equal(text, message.Subject);
        Assert.Equal(text, message.To.Mailboxes.Single().Name);
        Assert.Equal(text, message.Attachments.OfType<MimePart>().First().FileName);
    }

    [Fact]
    public void Compose_writes_a_local_part_beyond_ASCII_in_UTF_8()
    {
        var mail = Mails.Autoresponse with { Recipient = new Correspondent("jüne@bücher.example", "Jüne =?utf-8?q?x?="), Subject = "Größe" };
        using var message = Parse(mail);
        string header = Encoding.UTF8.GetString(OutgoingMessage.Compose(mail, Date));
        header = header[..header.IndexOf("\r\n\r\n", StringComparison.Ordinal)];

        Assert.Contains("<jüne@xn--bcher-kva.example>", header, StringComparison.Ordinal);
        Assert.Equal("Größe", message.Subject);
        Assert.Equal("Jüne =?utf-8?q?x?=", message.To.Mailboxes.Single().Name);
        Assert.True(Ascii.IsValid(Raw(mail with { Recipient = new Correspondent("jane@bücher.example", "Jüne") })));
    }

    private static string Raw(OutgoingMail mail) => Encoding.Latin1.GetString(OutgoingMessage.Compose(mail, Date));

    private static MimeMessage Parse(OutgoingMail mail) => MimeMessage.Load(new MemoryStream(OutgoingMessage.Compose(mail, Date)));
}
