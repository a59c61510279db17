using System.Text;

namespace Pipe.Remote.Tests;

public sealed class CutMessageTests
{
    private const string Header = "From: Joe <joe@example.test>\r\nTo: support@example.test\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nReferences: <1@a>\r\n <2@a>\r\n";

    [Theory]
    [InlineData("Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\u00FC\u00DFe aus K\u00F6ln. ", "Gr\u00FC\u00DFe aus K\u00F6ln.")]
    [InlineData("Content-Type: multipart/mixed;\r\n boundary=b\r\n\r\n--b\r\n\r\nThe log is attached.\r\n--b\r\nContent-Type: text/x-log; name=big.log\r\nContent-Disposition: attachment\r\n\r\n", "The log is attached.")]
    [InlineData("Content-Type: text/html\r\n\r\n<p>Look <b>here</b></p><pre>", "Look here")]
    public async Task CreateAsync_keeps_the_header_and_the_text_and_says_that_it_was_cut(string mail, string text)
    {
        var (posted, body) = await CutAsync(Header + "Message-ID: <m@example.test>\r\nMIME-Version: 1.0\r\n" + mail);

        Assert.StartsWith(Header + "Message-ID: <m@example.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", posted, StringComparison.Ordinal);
        Assert.StartsWith(text, body, StringComparison.Ordinal);
        Assert.Contains("[This message was cut: it has ", body, StringComparison.Ordinal);
        Assert.EndsWith("The whole message is kept in the quarantine folder.]", body, StringComparison.Ordinal);
        Assert.InRange(posted.Length, 0, 20_000);
    }

    [Fact]
    public async Task CreateAsync_counts_the_files_that_are_left_out()
    {
        const string File = "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment\n\nx\n";

        var (_, body) = await CutAsync($"{Header}Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n{File}{File}");

        Assert.Contains("2 attached file(s) were left out", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_gives_a_message_without_id_one_that_follows_from_its_content()
    {
        var (first, _) = await CutAsync(Header + "\r\nfirst ");
        var (again, _) = await CutAsync(Header + "\r\nfirst ");
        var (other, _) = await CutAsync(Header + "\r\nother ");

        Assert.Matches("^Message-ID: <[0-9a-f]{32}@pipe.local>\r\nFrom: ", first);
        Assert.Equal(first, again);
        Assert.NotEqual(first[..60], other[..60]);
    }

    [Theory]
    [InlineData("From joe@example.test Mon Jan  1 00:00:00 2024\nFrom: joe@example.test\n\n", "From: joe@example.test\r\nMIME-Version")]
    [InlineData("From: joe@example.test\nContent-Type: multipart/mixed\n\n", "From: joe@example.test\r\nMIME-Version")]       // no boundary
    [InlineData("From: joe@example.test\nX-Long: ", "From: joe@example.test\r\nX-Long: xxx")]                                  // no end of the header
    public async Task CreateAsync_of_a_broken_message_says_so_too(string mail, string header)
    {
        var (posted, body) = await CutAsync(mail);

        Assert.Contains(header, posted, StringComparison.Ordinal);
        Assert.DoesNotContain("From joe@", posted, StringComparison.Ordinal);
        Assert.EndsWith("The whole message is kept in the quarantine folder.]", body, StringComparison.Ordinal);
    }

    // With 9,000 bytes more than the 6,000 that are allowed.
    private static async Task<(string Posted, string Body)> CutAsync(string mail)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(mail + new string('x', 15_000));
        using var message = await RawMessage.ReadAsync(new MemoryStream(bytes), new RawMessageOptions { MaxBytes = 6_000 });
        using var cut = await CutMessage.CreateAsync(message, new DeliveryTrace(), CancellationToken.None);
        using var content = PostedMessage.Prepare(cut);
        var stream = new MemoryStream();
        await content.CopyToAsync(stream);
        string posted = Encoding.UTF8.GetString(stream.ToArray());
        Assert.False(cut.IsOversized);
        return (posted, Encoding.UTF8.GetString(Convert.FromBase64String(posted[posted.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])));
    }
}
