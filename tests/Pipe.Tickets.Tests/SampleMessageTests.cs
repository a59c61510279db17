using Pipe.Tickets.Entries;

namespace Pipe.Tickets.Tests;

/// <summary>What becomes of each message in samples/messages.</summary>
public sealed class SampleMessageTests
{
    private static readonly string Folder = FindSamples();

    [Theory]
    [InlineData("attachment-names-rfc2047", "Names as encoded words.", "Übersicht.png image/png 74")]
    [InlineData("attachment-names-rfc2231", "Names in extended form.", "Größe €.pdf application/pdf 191|Länge; a+b.pdf application/pdf 191")]
    [InlineData("attachment-without-name", "-", "attachment-1.pdf application/pdf 191|memo.mp3 audio/mpeg 10")]
    [InlineData("attachments-several", "Three files are attached.", "claim.pdf application/pdf 191|photo 1.png image/png 74|list.csv text/csv 18")]
    [InlineData("auto-generated-cron", "backup: 3 files", "")]
    [InlineData("auto-reply-vacation", "I am on holiday until Monday.", "")]
    [InlineData("bounce-delayed", "The message is delayed. You do not need to send it again.", "")]
    [InlineData("bounce-dsn", "I'm sorry to have to inform you", "Your ticket.eml message/rfc822 *")]
    [InlineData("broken-bare-cr", "Email parse failed: []", "Line ends are CR alone.eml message/rfc822 196")]
    [InlineData("broken-boundary-never-occurs", "No delimiter, but a text.", "")]
    [InlineData("broken-encoded-words", "Headers as some mailers write them.", "")]
    [InlineData("broken-garbage", "Email parse failed: []", "*.eml message/rfc822 30")]
    [InlineData("broken-header-only", "-", "")]
    [InlineData("broken-leading-blank-lines", "Still readable.", "")]
    [InlineData("broken-multipart-not-closed", "The text is complete, the file behind it is not.", "cut.pdf application/pdf 66")]
    [InlineData("broken-multipart-without-boundary", "lost?", "")]
    [InlineData("broken-no-from", "No author.", "")]
    [InlineData("broken-only-from", "The smallest mail there is.", "")]
    [InlineData("calendar-invitation", "On-site visit, Friday at ten.", "attachment-1.ics text/calendar 44|invite.ics application/ics 45")]
    [InlineData("cc-collaborators", "Please answer to all of us.", "")]
    [InlineData("charset-gb2312-that-is-gb18030", "你好，世界 镕 €", "")]
    [InlineData("charset-iso-2022-jp", "日本語テスト\n次の行", "")]
    [InlineData("charset-iso-8859-1", "Schöne Grüße aus Köln, wo der Kaffee 2 Mark kostet und die Zeile länger ist.", "")]
    [InlineData("charset-koi8-r-html", "<p>Привет <b>мир</b></p> ", "")]
    [InlineData("charset-undeclared-windows-1252", "Le prix est de 20 € –  très cher », dit Zoë.", "")]
    [InlineData("charset-utf-7", "Grüe und äöü 1 + 2", "")]
    [InlineData("charset-utf8-raw-headers", "Dobrý den, 日本語, Καλημέρα.", "")]
    [InlineData("feedback-report", "This is an email abuse report for a message received from 192.0.2.25.", "Your ticket.eml message/rfc822 *")]
    [InlineData("forwarded-as-attachment", "My colleague got this; see the attached message.", "Größe.eml message/rfc822 *")]
    [InlineData("forwarded-as-whole", "The wrapped text.", "")]
    [InlineData("group-addresses", "Addressed to a group.", "")]
    [InlineData("hostile-file-names", "Names that try to be paths.", "../../../../etc/passwd application/octet-stream 3|C:\\Windows\\x.exe application/octet-stream 3|a  X-Injected: 1 text/html 5")]
    [InlineData("hostile-html", "<p style=\"top:0;color:red\">text</p> <a href=\"denied:javascript:alert(4)\">a</a>", "")]
    [InlineData("hostile-huge-header", "The header is larger than the body.", "")]
    [InlineData("hostile-nesting", "-", "attachment-1.mixed multipart/mixed *")]
    [InlineData("html-alternative", "<p>Hello, what does <b>section\u00A03</b> mean?</p> ", "")]
    [InlineData("html-data-url-image", "<p>See: <img alt=\"screen\" src=\"cid:img", "")]
    [InlineData("html-gmail-reply", "It works now, thanks! <br />", "")]
    [InlineData("html-inline-images", "<p>The red <img src=\"cid:red@customer.test\" alt=\"red\" /> and the blue <img src=\"cid:blue@customer.test\" alt=\"image\" /> icon", "red.png image/png 74|*.png image/png 74")]
    [InlineData("html-only-outlook", "<div><p class=\"MsoNormal\" style=\"margin:0cm\">Sehr geehrte Damen und Herren,</p>", "")]
    [InlineData("html-tables-newsletter", "<table cellpadding=\"4\" style=\"width:600px;border-spacing:0px;margin:auto\">", "")]
    [InlineData("mailing-list", "Posted to a list that support reads.", "")]
    [InlineData("mbox-from-line", "The first line belongs to the mailbox, not to the message.", "")]
    [InlineData("new-ticket", "Hello,\n\nthe invoice in the attachment charges two desk lamps, but I ordered one.", "invoice-4711.csv text/csv 54")]
    [InlineData("no-message-id", "Scanned by device 17.", "")]
    [InlineData("plain-text", "Hi,\n\nthe printer on the second floor prints &lt;blank&gt; pages &amp; blinks &quot;E5&quot;.", "")]
    [InlineData("priority-high", "Urgent.", "")]
    [InlineData("read-receipt", "Your message was displayed on 5 November 2025.", "")]
    [InlineData("reply-in-reply-to", "Is there any news?", "")]
    [InlineData("reply-references-only", "My mailer knows no In-Reply-To.", "")]
    [InlineData("reply-subject-tag", "Written anew, with the number in the subject only.", "")]
    [InlineData("signed-pgp", "The signed text.", "signature.asc application/pgp-signature 81")]
    [InlineData("subject-split-character", "A character is cut in two between the encoded words.", "")]
    [InlineData("text-crlf", "One\r\nTwo\r\n\r\nThree", "")]
    [InlineData("text-emoji", "Works great   \u2603 \U0001D4B3", "")]
    [InlineData("text-flowed", "This paragraph is one line for the reader, \nbut was wrapped", "")]
    [InlineData("winmail-dat", "<p>The text in <b>winmail.dat</b>: Größe 20 €</p>", "footer.txt text/plain 19|Angebot Größe.pdf application/pdf 191")]
    [InlineData("winmail-dat-damaged", "The file behind this text is cut off.", "winmail.dat application/ms-tnef 238")]
    public async Task Read_of_a_sample_gives_its_text_and_files(string name, string body, string files)
    {
        using var raw = await OpenAsync(name);

        var mail = InboundMailReader.Read(raw, new InboundMailOptions(), new DeliveryTrace());

        Assert.StartsWith(body, EntryBody.FromMail(mail.Body, new()).Content, StringComparison.Ordinal);
        string[] expected = files.Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Length, mail.Attachments.Count);
        foreach (var (wanted, file) in expected.Zip(mail.Attachments))
            Assert.Matches(Pattern(wanted), await DescribeAsync(file));
    }

    [Theory]
    [InlineData("broken-encoded-words", "raw blanks inside =?UTF-8?B?dW50ZXJtaW5hdGVk and café", "joerg@customer.test", "Jörg")]
    [InlineData("charset-iso-8859-1", "Grüße aus Köln", "joerg@customer.test", "Jörg Müller")]
    [InlineData("charset-gb2312-that-is-gb18030", "你好世界", "joe@customer.test", "Joe Tester")]
    [InlineData("charset-iso-2022-jp", "日本語の件名", "joe@customer.test", "Joe Tester")]
    [InlineData("charset-koi8-r-html", "Привет", "joe@customer.test", "Joe Tester")]
    [InlineData("charset-undeclared-windows-1252", "Prix", "zoe@customer.test", "Zoë")]
    [InlineData("charset-utf8-raw-headers", "Größe der Bestellung", "joerg@customer.test", "Jörg Müller")]
    [InlineData("subject-split-character", "Prüfung der Größe =? and plain text", "joe@customer.test", "Joe Tester")]
    [InlineData("text-emoji", "Great job \U0001F389", "joe@customer.test", "Joe Tester")]
    [InlineData("html-only-outlook", "AW: Angebot", "petra.bauer@customer.test", "Bauer, Petra")]
    [InlineData("broken-only-from", "[No Subject]", "joe@customer.test", "joe@customer.test")]
    [InlineData("broken-bare-cr", "Line ends are CR alone", "joe@customer.test", "Joe Tester")]
    [InlineData("broken-leading-blank-lines", "A byte-order mark and blank lines first", "joe@customer.test", "Joe Tester")]
    [InlineData("forwarded-as-whole", "Wrapper", "joe@customer.test", "Joe Tester")]
    public async Task Read_of_a_sample_says_who_writes_about_what(string name, string subject, string address, string author)
    {
        using var raw = await OpenAsync(name);

        var mail = InboundMailReader.Read(raw, new InboundMailOptions(), new DeliveryTrace());

        Assert.Equal(subject, mail.Subject);
        Assert.Equal(new Correspondent(address, author), mail.Sender);
    }

    [Theory]
    [InlineData("auto-generated-cron", false, true)]
    [InlineData("auto-reply-vacation", false, true)]
    [InlineData("mailing-list", false, true)]
    [InlineData("html-tables-newsletter", false, true)]
    [InlineData("bounce-dsn", true, true)]
    [InlineData("bounce-delayed", true, true)]
    [InlineData("read-receipt", false, false)]
    [InlineData("feedback-report", false, false)]
    [InlineData("new-ticket", false, false)]
    public async Task Read_of_a_sample_knows_what_programs_wrote(string name, bool isBounce, bool isAutoReply)
    {
        using var raw = await OpenAsync(name);

        var mail = InboundMailReader.Read(raw, new InboundMailOptions(), new DeliveryTrace());

        Assert.Equal(isBounce, mail.IsBounce);
        Assert.Equal(isAutoReply, mail.IsAutoReply);
    }

    // A message without any From, Subject or structure still is a ticket, and a second delivery is known by the same id.
    [Theory]
    [InlineData("broken-garbage")]
    [InlineData("broken-no-from")]
    [InlineData("no-message-id")]
    public async Task Read_of_a_message_without_an_id_gives_the_same_one_each_time(string name)
    {
        using var first = await OpenAsync(name);
        using var second = await OpenAsync(name);

        string id = InboundMailReader.Read(first, new InboundMailOptions(), new DeliveryTrace()).MessageId;

        Assert.Equal(id, InboundMailReader.Read(second, new InboundMailOptions(), new DeliveryTrace()).MessageId);
        Assert.Matches(name == "broken-no-from" ? "^<broken-no-from.1@customer.test>$" : "^<[0-9a-f]{32}@local>$", id);
    }

    [Fact]
    public async Task Read_never_fails_wherever_a_sample_is_cut_or_damaged()
    {
        var random = new Random(4711);
        int read = 0;
        foreach (string file in Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal))
        {
            byte[] whole = await File.ReadAllBytesAsync(file);
            for (int i = 0; i < 20; i++)
            {
                byte[] bytes = whole[..random.Next(whole.Length + 1)];
                for (int flips = random.Next(6); flips > 0 && bytes.Length > 0; flips--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

                using var raw = await Mails.RawAsync(bytes);
                var mail = InboundMailReader.Read(raw, new InboundMailOptions(), new DeliveryTrace());
                Assert.NotEmpty(EntryBody.FromMail(mail.Body, new()).Content);
                foreach (var attachment in mail.Attachments)
                    attachment.CopyTo(Stream.Null);
                read++;
            }
        }

        Assert.True(read >= 20 * 50, $"only {read} messages were read");
    }

    private static async Task<RawMessage> OpenAsync(string name) =>
        await Mails.RawAsync(await File.ReadAllBytesAsync(Path.Combine(Folder, name + ".eml")));

    private static string Pattern(string wanted) => "^" + System.Text.RegularExpressions.Regex.Escape(wanted).Replace("\\*", ".*", StringComparison.Ordinal) + "$";

    private static async Task<string> DescribeAsync(InboundAttachment file)
    {
        await using var content = new MemoryStream();
        file.CopyTo(content);
        return $"{file.Name} {file.MediaType} {content.Length}";
    }

    private static string FindSamples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string samples = Path.Combine(folder.FullName, "samples", "messages");
            if (Directory.Exists(samples))
                return samples;
        }

        throw new DirectoryNotFoundException("samples/messages is not above the tests");
    }
}
