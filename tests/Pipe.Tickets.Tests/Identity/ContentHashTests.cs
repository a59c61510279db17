using System.Text;
using Pipe.Tickets.Identity;

namespace Pipe.Tickets.Tests.Identity;

public sealed class ContentHashTests
{
    private const string Message = "Received: from a by b id 1; Mon, 1 Jan 2024 00:00:00 +0000\nFrom: a@x.test\nSubject: s\n\nline\n\nend\n";

    [Theory]
    [InlineData("From a@x.test Mon Jan  1 00:00:00 2024\n", "")]                           // Exim, sendmail, Postfix local(8)
    [InlineData("From a@x.test Mon Jan  1 00:00:00 2024\n", "\n")]                         // Exim's message_suffix
    [InlineData("From MAILER-DAEMON Mon Jan  1 00:00:00 2024\nReturn-Path: <>\nX-Original-To: s@x.test\nDelivered-To: s@x.test\n", "")]
    [InlineData("Return-Path: <a@x.test>\nEnvelope-to: s@x.test\nDelivery-date: Mon, 1 Jan 2024 00:00:00 +0000\n", "")]
    [InlineData("Return-path:\n <a@x.test>\nDELIVERED-TO:\n\ts@x.test\n", "\n\n\n")]       // folded, odd case
    [InlineData("Received: from mail by host with POP3 (fetchmail-6.4.37)\n\tfor <joe@localhost>; Tue, 2 Jan 2024 00:00:00 +0000 (UTC)\n", "")]
    [InlineData("Delivered-To: joe@x.test\nReceived: from mail by host with getmail 6.18; 02 Jan 2024 00:00:00 -0000\n", "")]
    [InlineData("\u00EF\u00BB\u00BF", "")]                                                 // a byte-order mark
    public async Task Compute_ignores_what_mail_systems_put_before_and_after_a_message(string before, string after)
    {
        string plain = await HashAsync(Message);

        Assert.Equal(plain, await HashAsync(before + Message + after));
        Assert.Equal(plain, await HashAsync((before + Message + after).Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("id 1;", "id 2;")]               // the same report, sent again an hour later
    [InlineData("line\n\nend", "line\nend")]     // blank lines inside count
    [InlineData("line", "li\rne")]       // a bare CR is no line end
    [InlineData("end", "end\n.")]
    [InlineData("From: a@", "From: b@")]
    [InlineData("Subject: s", "Subject: s\nDelivered-To: s@x.test")]   // not on top: the sender wrote it
    [InlineData("Received:", "Return-Path-X: 1\nReceived:")]
    public async Task Compute_differs_when_the_message_differs(string text, string other) =>
        Assert.NotEqual(await HashAsync(Message), await HashAsync(Message.Replace(text, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("From x Mon Jan  1 00:00:00 2024\n")]
    public async Task Compute_of_nothing_is_the_hash_of_the_empty_string(string text) =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", await HashAsync(text));

    [Fact]
    public async Task Compute_is_the_plain_SHA256_of_a_message_with_line_feeds_and_no_last_line_end()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Message.TrimEnd('\n'));

        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

        Assert.Equal(expected, await HashAsync(Message));
    }

    [Fact]
    public async Task Compute_gives_the_same_wherever_the_buffer_ends_and_beyond_the_size_limit()
    {
        string body = string.Concat(Enumerable.Range(0, 20_000).Select(i => new string('x', i % 75) + (i % 7 == 0 ? "\r" : "") + "\n\n"));
        string crlf = (Message + body).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        string lf = crlf.Replace("\r", "", StringComparison.Ordinal);
        var small = new RawMessageOptions { MaxBytesInMemory = 4096, MaxBytes = 100_000 };

        Assert.Equal(await HashAsync(lf), await HashAsync(crlf, small));
        Assert.NotEqual(await HashAsync(lf), await HashAsync(crlf[..^5000], small));
    }

    [Fact]
    public async Task Compute_treats_a_trace_field_without_end_as_text()
    {
        string endless = "Return-Path: <" + new string('a', 100_000);

        Assert.NotEqual(await HashAsync(endless), await HashAsync(endless + "b"));
    }

    private static async Task<string> HashAsync(string text, RawMessageOptions? options = null)
    {
        using var message = await RawMessage.ReadAsync(
            new MemoryStream(Encoding.Latin1.GetBytes(text)), options ?? new RawMessageOptions());
        return ContentHash.Compute(message);
    }
}
