using System.Text;
using Pipe.Mime.Tnef;

namespace Pipe.Mime.Tests.Tnef;

public class TnefPartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // checksums are wrong often enough
    public void ConvertToMessage_gives_subject_importance_bodies_and_files(bool badChecksum)
    {
        using var message = Convert(TnefSamples.Full(badChecksum));
        Assert.Equal("Grüße", message.Subject);
        Assert.Equal(MessageImportance.High, message.Importance);
        Assert.Equal("plain body", message.TextBody);
        Assert.Equal("<p>html grüße</p>", message.HtmlBody);

        var files = message.BodyParts.OfType<MimePart>().Where(static p => p.FileName is not null).ToList();
        Assert.Equal(["grüße long name.txt", "a.gif"], files.Select(static f => f.FileName));
        Assert.Equal(["text/x-special", "image/gif"], files.Select(static f => f.ContentType.MimeType));
        Assert.True(files[0].IsAttachment);
        Assert.False(files[1].IsAttachment);
        Assert.Equal("pic@1", files[1].ContentId);
        Assert.Equal("file content", Encoding.ASCII.GetString(Bytes(files[0])));
        Assert.Equal("GIF", Encoding.ASCII.GetString(Bytes(files[1])));
    }

    [Fact]
    public void ExtractAttachments_gives_the_files_and_not_the_bodies() =>
        Assert.Equal(2, Part(TnefSamples.Full()).ExtractAttachments().Count());

    [Fact]
    public void ConvertToMessage_gives_an_embedded_message()
    {
        using var message = Convert(TnefSamples.Nested());
        var part = Assert.Single(message.Attachments.OfType<MessagePart>());
        Assert.Equal("Grüße", part.Message!.Subject);
        Assert.Equal("plain body", part.Message.TextBody);
    }

    [Fact]
    public void ConvertToMessage_takes_HTML_out_of_RTF()
    {
        const string Rtf = @"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}{\*\generator x;}" +
            @"{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\f0 \htmlrtf0 Gr\'fc\'dfe \u8364 ?\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}{\*\htmltag27 </html>}}";
        using var message = Convert(TnefSamples.WithRtf(Rtf));
        Assert.Equal("<html><p>Grüße €</p></html>", message.HtmlBody);
    }

    [Fact]
    public void ConvertToMessage_takes_text_out_of_RTF()
    {
        using var message = Convert(TnefSamples.WithRtf(@"{\rtf1\ansi\fromtext{\fonttbl{\f0 Arial;}}one\par two\tab\'e4\par}"));
        Assert.Equal("one\ntwo\tä\n", message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Null(message.HtmlBody);
    }

    // The worked examples of MS-OXRTFCP sections 3.1.1 and 3.1.2
    [Theory]
    [InlineData("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0", "hello world")]
    [InlineData("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", "WXYZWXYZWXYZWXYZWXYZ")]
    public void ConvertToMessage_expands_compressed_RTF(string hex, string expected)
    {
        using var message = Convert(TnefSamples.WithCompressedRtf(System.Convert.FromHexString(hex)));
        Assert.Equal(expected, message.TextBody!.Trim());
    }

    [Fact]
    public void ConvertToMessage_of_something_else_gives_an_empty_text()
    {
        using var message = Convert(Encoding.ASCII.GetBytes("this is no TNEF"));
        Assert.Equal("", message.TextBody);
    }

    [Fact]
    public void ConvertToMessage_of_a_cut_stream_gives_what_is_there()
    {
        byte[] whole = TnefSamples.Full();
        for (int length = 0; length <= whole.Length; length++)
        {
            using var message = Convert(whole[..length]);
            _ = MessageFacts.Touch(message);
        }
    }

    private static MimeMessage Convert(byte[] tnef) => Part(tnef).ConvertToMessage();

    private static TnefPart Part(byte[] tnef) =>
        Assert.IsType<TnefPart>(MimeMessage.Load(new MemoryStream(TnefSamples.Message(tnef))).Body);

    private static byte[] Bytes(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content!.DecodeTo(stream);
        return stream.ToArray();
    }
}
