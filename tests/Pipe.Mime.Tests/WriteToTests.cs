using System.Text;
using Pipe.Mime.Utils;

namespace Pipe.Mime.Tests;

public class WriteToTests
{
    private static readonly FormatOptions CrLf = new() { NewLineFormat = NewLineFormat.Dos };

    public static TheoryData<string> Texts => new()
    {
        "plain", "Grüße aus Köln", "a =?utf-8?Q?fake?= word", "日本語の件名はとても長いので折り返す必要がありますよね、そうでしょう、もっともっと長く", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen", "x  double  spaces  in a subject that is long enough to be folded somewhere in its middle", "tab\there", "end with ü",
        new string('x', 300), new string('ü', 300), "Re: [#123] ünd so weiter (kommt noch) \"quoted\", done;", "=", "_", "a_b=c?d ü",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void WriteTo_of_any_subject_and_name_is_read_back_the_same_in_short_lines(string text)
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress(text, "joe@example.com"));
        message.To.Add(new MailboxAddress(null, "ann@example.com"));
        message.Subject = text;
        message.Body = new TextPart("plain") { Text = "x" };

        byte[] bytes = Write(message);
        using var copy = MimeMessage.Load(new MemoryStream(bytes));
        Assert.Equal(text, copy.Subject);
        Assert.Equal(text, copy.From.Mailboxes.Single().Name);
        Assert.Equal(message.MessageId, copy.MessageId);
        Assert.Equal(message.Date.ToUnixTimeSeconds(), copy.Date.ToUnixTimeSeconds());
        AssertLines(bytes, ascii: true);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void WriteTo_of_any_file_name_is_read_back_the_same(string text)
    {
        var builder = new BodyBuilder { TextBody = "x" };
        _ = builder.Attachments.Add(text.Replace('\t', ' ') + ".pdf", [1, 2, 3], new ContentType("application", "pdf"));
        using var message = new MimeMessage { Body = builder.ToMessageBody() };
        byte[] bytes = Write(message);
        using var copy = MimeMessage.Load(new MemoryStream(bytes));
        Assert.Equal(text.Replace('\t', ' ') + ".pdf", copy.BodyParts.OfType<MimePart>().Single(static p => p.IsAttachment).FileName);
        AssertLines(bytes, ascii: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("one line\r\n")]
    [InlineData("Grüße\r\n\r\n.\r\nFrom me\r\n-- \r\n")]
    [InlineData("trailing \r\n space\t\r\n")]
    [InlineData("=3D is an equals sign\r\n")]
    public void WriteTo_of_any_text_is_read_back_the_same(string text)
    {
        var builder = new BodyBuilder { TextBody = text, HtmlBody = "<p>" + text + "</p>" };
        using var message = new MimeMessage { Body = builder.ToMessageBody() };
        message.Prepare(EncodingConstraint.SevenBit);
        byte[] bytes = Write(message);
        using var copy = MimeMessage.Load(new MemoryStream(bytes));
        Assert.Equal(text, copy.TextBody);
        Assert.Equal("<p>" + text + "</p>", copy.HtmlBody);
        AssertLines(bytes, ascii: true);
    }

    [Fact]
    public void WriteTo_of_a_body_with_pictures_and_files_has_the_usual_structure()
    {
        var builder = new BodyBuilder { TextBody = "text", HtmlBody = "<img src=\"cid:pic\">" };
        var picture = builder.LinkedResources.Add("a.png", new byte[100]);
        picture.ContentId = "pic";
        _ = builder.Attachments.Add("b.bin", Enumerable.Range(0, 256).Select(static i => (byte)i).ToArray());
        using var message = new MimeMessage { Body = builder.ToMessageBody() };
        using var copy = MimeMessage.Load(new MemoryStream(Write(message)));
        Assert.Equal("multipart/mixed(multipart/alternative(text/plain,multipart/related(text/html,image/png)),application/octet-stream)", MessageFacts.Of(copy, "tree"));
        Assert.Equal("pic", copy.BodyParts.Single(static p => p.ContentType.IsMimeType("image", "png")).ContentId);
        using var content = new MemoryStream();
        ((MimePart)copy.Attachments.Single()).Content!.DecodeTo(content);
        Assert.Equal(Enumerable.Range(0, 256).Select(static i => (byte)i), content.ToArray());
    }

    [Theory]
    [InlineData("Subject", "a\r\nBcc: x@example.com")]
    [InlineData("X-Any", "a\nBcc: x@example.com")]
    public void Header_values_cannot_add_fields(string field, string value)
    {
        using var message = new MimeMessage();
        message.Headers.Replace(field, value);
        message.From.Add(new MailboxAddress("a\r\nBcc: y@example.com", "b@example.com\r\nBcc: z@example.com"));
        using var copy = MimeMessage.Load(new MemoryStream(Write(message)));
        Assert.False(copy.Headers.Contains(HeaderId.Bcc));
    }

    [Fact]
    public void WriteTo_of_References_and_In_Reply_To_keeps_each_identifier_whole()
    {
        using var message = new MimeMessage { InReplyTo = "last@example.com" };
        for (int i = 0; i < 20; i++)
            message.References.Add($"a-rather-long-identifier-{i}@example.com");
        byte[] bytes = Write(message);
        using var copy = MimeMessage.Load(new MemoryStream(bytes));
        Assert.Equal(message.References, copy.References);
        Assert.Equal("last@example.com", copy.InReplyTo);
        AssertLines(bytes, ascii: true);
    }

    [Fact]
    public void WriteTo_of_a_message_that_was_read_changes_no_byte()
    {
        foreach (var item in CorpusCase.All)
        {
            using var message = MimeMessage.Load(new MemoryStream(item.WithCrLf()));
            if (message.Body is not MimePart { Content: not null, ContentTransferEncoding: ContentEncoding.Default or ContentEncoding.Base64 or ContentEncoding.QuotedPrintable } part
                || message.Headers.Any(static h => h.IsInvalid) || (part.Headers.Count > 0) == (message.Headers.Count > 0))
            {
                // The fields of the body are written behind those of the message, wherever they stood.
                continue;
            }

            if (item.Name.Contains("without a blank", StringComparison.Ordinal) || item.Name.Contains("without any header", StringComparison.Ordinal)
                || item.Name.Contains("mailbox", StringComparison.Ordinal) || item.Name.Contains("byte order", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.Equal(Encoding.Latin1.GetString(item.WithCrLf()), Encoding.Latin1.GetString(Write(message)));
        }
    }

    [Fact]
    public void GenerateMessageId_never_gives_the_same_twice() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(static _ => MimeUtils.GenerateMessageId("example.com")).Distinct().Count());

    [Fact]
    public void FormatDate_is_read_back_the_same()
    {
        var date = new DateTimeOffset(2024, 2, 29, 23, 59, 58, TimeSpan.FromMinutes(-210));
        Assert.Equal("Thu, 29 Feb 2024 23:59:58 -0330", DateUtils.FormatDate(date));
        Assert.True(DateUtils.TryParse(DateUtils.FormatDate(date), out var copy));
        Assert.Equal((date, date.Offset), (copy, copy.Offset));
    }

    private static byte[] Write(MimeMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(CrLf, stream);
        return stream.ToArray();
    }

    // RFC 5322 section 2.1.1: lines of at most 998 characters, ended by CRLF and nothing else
    private static void AssertLines(byte[] bytes, bool ascii)
    {
        string text = Encoding.Latin1.GetString(bytes);
        foreach (string line in text.Split("\r\n"))
        {
            Assert.True(line.Length <= 998, line);
            Assert.True(line.AsSpan().IndexOfAny('\r', '\n') < 0, line);
            Assert.True(!ascii || Ascii.IsValid(line), line);
        }
    }
}
