using System.Formats.Asn1;
using System.Text;

namespace Pipe.Tickets.Tests;

/// <summary>No words are lost, whatever parts they stand in; each message here is the header of its body and the body.</summary>
public sealed class ShownTextsTests
{
    private const string Mixed = "Content-Type: multipart/mixed; boundary=b\n\n";
    private const string Html = "--b\nContent-Type: text/html\n\n";
    private const string Plain = "--b\nContent-Type: text/plain\n\n";

    [Theory]
    [InlineData(Mixed + Plain + "above\n" + Html + "<p>mid</p>\n" + Plain + "below\n--b--\n", "above|<p>mid</p>|below")]
    [InlineData(Mixed + Html + "<p>a &amp; b</p>\n" + Plain + "1 < 2\n--b--\n", "<p>a &amp; b</p>|1 &lt; 2")]
    [InlineData(Mixed + Html + "<p>one</p>\n" + Html + "<p>footer</p>\n--b--\n", "<p>one</p>|<p>footer</p>")]
    [InlineData("Content-Type: multipart/alternative; boundary=b\n\n" + Plain + "words\n" + Html + "<p>&nbsp;</p><style>p{}</style>\n--b--\n", "words")]
    [InlineData("Content-Type: multipart/alternative; boundary=b\n\n" + Plain + " \n" + Html + "<p>words</p>\n--b--\n", "<p>words</p>")]
    [InlineData("Content-Type: multipart/alternative; boundary=b\n\n" + Plain + "same\n" + Html + "<p>same!</p>\n--b--\n", "<p>same!</p>")]
    [InlineData(Mixed + Plain + "the body\n--b\nContent-Type: text/html; name=report.html\n\n<p>in the file</p>\n--b--\n", "the body")]
    [InlineData(Mixed + "--b\nContent-Type: text/html; name=report.html\n\n<p>in the file</p>\n--b--\n", "<p>in the file</p>")]
    [InlineData("Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nno boundary named\n--x--\n", "no boundary named")]
    [InlineData("Content-Type: multipart/mixed; boundary=other\n\n--x\nContent-Type: text/plain\n\nanother boundary\n--x--\n", "another boundary")]
    [InlineData(Mixed + "--b\nContent-Type: multipart/alternative;\nboundary=\"in\"\n\n--in\nContent-Type: text/plain\n\nnot folded\n--in--\n--b--\n", "not folded")]
    [InlineData("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printeable\n\nGr=C3=B6=C3=9Fe\n", "Größe")]
    [InlineData("Content-Type: text/plain\nContent-Transfer-Encoding: 'base64'\n\nR3LDtsOfZQ==\n", "Größe")]
    [InlineData("Content-Type: text/plain\nContent-Transfer-Encoding: base64\nR3LDtsOfZQ0K\nR3LDtsOfZQ==\n", "Größe|Größe")]
    public async Task Read_shows_all_words_in_order(string message, string words)
    {
        var mail = await ReadAsync(message);
        int at = 0;
        foreach (string word in words.Split('|'))
        {
            at = mail.Body.Content.IndexOf(word, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{word} is not there, or not in its place: {mail.Body.Content}");
            at += word.Length;
        }
    }

    [Theory]
    [InlineData(Mixed + Plain + "the body\n--b\nContent-Type: text/html; name=report.html\n\n<p>in the file</p>\n--b--\n", "report.html")]
    [InlineData("Content-Type: multipart/alternative; boundary=b\n\n" + Plain + "come\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--b--\n", "attachment-1.ics")]
    public async Task Read_makes_files_of_what_is_one(string message, string file) =>
        Assert.Equal(file, Assert.Single((await ReadAsync(message)).Attachments).Name);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_opens_what_is_signed_and_keeps_the_signature(bool isIndefinite)
    {
        byte[] inner = Encoding.ASCII.GetBytes("Content-Type: text/plain\n\nsigned words\n");
        string message = "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(Signed(inner, isIndefinite)) + "\n";

        var mail = await ReadAsync(message);

        Assert.Equal("signed words\n", mail.Body.Content);
        Assert.Equal("smime.p7m", Assert.Single(mail.Attachments).Name);
    }

    [Fact]
    public async Task Read_says_of_an_encrypted_mail_that_it_is_one()
    {
        var mail = await ReadAsync("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMAA=\n");

        Assert.Contains("encrypted", mail.Body.Content, StringComparison.Ordinal);
        Assert.Single(mail.Attachments);
    }

    [Theory]
    [InlineData("text/plain", "Top.\n\nOn Monday Support wrote:\n> -- reply above this line --\n>\n> Hello\n", "Top.\n\nOn Monday Support wrote:\n> ")]
    [InlineData("text/plain", "On Monday Support wrote:\n> -- reply above this line --\n> Hello\n\nBelow.\n", "On Monday Support wrote:\nBelow.\n")]
    [InlineData("text/plain", "Top.\n> -- reply above this line --\n> one\nbetween\n> two\nbelow\n", "Top.\nbetween\nbelow\n")]
    [InlineData("text/plain", "Top.\n-- reply above this line --\nHello\n", "Top.\n")]
    [InlineData("text/plain", "On Monday Support wrote:\n-- reply above this line --\nHello\n\nBelow.\n", "On Monday Support wrote:\n-- reply above this line --\nHello\n\nBelow.\n")]
    [InlineData("text/html", "<p>On Monday:</p><blockquote><div>-- reply above this line --</div><blockquote>x</blockquote></blockquote><p>Below.</p>", "<p>On Monday:</p><p>Below.</p>")]
    [InlineData("text/html", "<p>Top.</p><blockquote>-- reply above this line --<p>Hello</p></blockquote><br>", "<p>Top.</p><blockquote>")]
    [InlineData("text/html", "<blockquote>a</blockquote><p>Top.</p>-- reply above this line --<p>Hello</p>", "<blockquote>a</blockquote><p>Top.</p>")]
    public async Task Read_keeps_what_the_sender_wrote_around_the_quotation(string type, string text, string kept) =>
        Assert.Equal(kept, (await ReadAsync($"Content-Type: {type}\n\n{text}")).Body.Content);

    // RFC 5652: ContentInfo { signedData, [0] SignedData { 1, {}, EncapsulatedContentInfo { data, [0] OCTET STRING } } }
    private static byte[] Signed(byte[] content, bool isIndefinite)
    {
        if (isIndefinite)
        {
            return [0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80, 6, 9,
                0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1, 0xA0, 0x80, 0x24, 0x80, 4, 3, .. content[..3], 4, (byte)(content.Length - 3), .. content[3..],
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        var first = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(first))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.840.113549.1.7.1");
                    using (writer.PushSequence(first))
                        writer.WriteOctetString(content);
                }
            }
        }

        return writer.Encode();
    }

    private static async Task<InboundMail> ReadAsync(string message) =>
        InboundMailReader.Read(await Mails.RawAsync("From: Joe <joe@x.test>\nSubject: s\n" + message), new(), new DeliveryTrace());
}
