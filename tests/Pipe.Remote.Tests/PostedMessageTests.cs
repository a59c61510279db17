using System.Text;

namespace Pipe.Remote.Tests;

public sealed class PostedMessageTests
{
    [Theory]
    [InlineData("From: a\nMessage-ID: <1@a>\n\nbody")]
    [InlineData("From: a\r\nMessage-ID: <1@a>\r\n\r\nbody\r\n")]
    [InlineData("message-id : <1@a>\n\n\n")]                              // white space before the colon: RFC 5322 section 4.5.4
    [InlineData("Message-ID:\r\n <1@a>\r\nFrom: a\r\n\r\nbody")]
    [InlineData("Message-ID:\nMessage-ID: <1@a>\n\nbody")]
    public async Task Prepare_leaves_a_complete_message_alone(string mail) => Assert.Equal(mail, await PostAsync(mail));

    [Theory]
    [InlineData("Message-ID: <1@a>\n\n", "\n")]
    [InlineData("Message-ID: <1@a>\r\n\r\n", "\r\n")]
    [InlineData("Message-ID: <1@a>\r\n", "\r\n\r\n")]
    [InlineData("Message-ID: <1@a>", "\n\n\n")]
    [InlineData("Message-ID: <1@a>\nFrom: a", "\n\n\n")]
    public async Task Prepare_adds_line_ends_where_nothing_follows_the_header(string mail, string added) =>
        Assert.Equal(mail + added, await PostAsync(mail));

    [Theory]
    [InlineData("From: a\n\nbody", "\n")]
    [InlineData("From: a\r\n\r\nMessage-ID: <in@the.body>\r\n", "\r\n")]
    [InlineData("X-Message-ID: <1@a>\n\nbody", "\n")]
    [InlineData("Message-IDs: <1@a>\n\nbody", "\n")]
    [InlineData("Message-ID: \n \n\nbody", "\n")]
    public async Task Prepare_adds_a_message_id_where_there_is_none(string mail, string lineEnd)
    {
        string posted = await PostAsync(mail);

        Assert.Matches("^Message-ID: <[0-9a-f]{32}@[a-z.]+>" + lineEnd + "$", posted[..^mail.Length]);
        Assert.EndsWith(mail, posted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_puts_the_message_id_after_the_mbox_separator()
    {
        string posted = await PostAsync("From joe@example.test Mon Jan  1 00:00:00 2024\nFrom: a\n\nbody");

        Assert.Matches("^From joe@example.test Mon Jan  1 00:00:00 2024\nMessage-ID: <[^>]+>\nFrom: a\n\nbody$", posted);
    }

    [Fact]
    public async Task Prepare_derives_the_same_message_id_for_the_same_message_however_it_is_handed_over()
    {
        string direct = await PostAsync("From: a\r\n\r\nbody\r\n");
        string piped = await PostAsync("From joe@example.test Mon Jan  1 00:00:00 2024\nReturn-Path: <joe@example.test>\nFrom: a\n\nbody\n\n");
        string other = await PostAsync("From: b\n\nbody\n");

        Assert.Equal(IdOf(direct), IdOf(piped));
        Assert.NotEqual(IdOf(direct), IdOf(other));
    }

    [Fact]
    public async Task Prepare_reads_a_header_without_end_in_bounded_memory()
    {
        string mail = "X: " + new string('x', 3_000_000);

        Assert.EndsWith("x\n\n\n", await PostAsync(mail, new RawMessageOptions { MaxBytesInMemory = 4096 }), StringComparison.Ordinal);
    }

    private static string IdOf(string posted) => posted[posted.IndexOf('<', posted.IndexOf("Message-ID", StringComparison.Ordinal))..].Split('>')[0];

    private static async Task<string> PostAsync(string mail, RawMessageOptions? options = null)
    {
        using var message = await RawMessage.ReadAsync(new MemoryStream(Encoding.Latin1.GetBytes(mail)), options ?? new RawMessageOptions());
        using var content = PostedMessage.Prepare(message);
        var stream = new MemoryStream();
        await content.CopyToAsync(stream);
        Assert.Equal(content.Headers.ContentLength, stream.Length);
        return Encoding.Latin1.GetString(stream.ToArray());
    }
}
