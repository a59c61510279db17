using System.Globalization;
using System.Text;

namespace Pipe.Mime.Tests;

/// <summary>Messages made to cost much. That time grows with size and no faster is measured in <c>tests/Pipe.Benchmarks</c>.</summary>
public class HostileInputTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(20)]
    public void Load_of_multiparts_in_each_other_stops_at_the_depth_allowed(int depth)
    {
        var text = new StringBuilder();
        for (int i = 0; i < depth * 3; i++)
            _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        using var message = Load(text.ToString(), new ParserOptions { MaxMimeDepth = depth });

        int found = 0;
        var entity = message.Body;
        while (entity is Multipart { Count: > 0 } multipart)
        {
            entity = multipart[0];
            found++;
        }

        Assert.Equal(depth, found);
        // The rest is not lost.
        Assert.NotEmpty(Decoded(Assert.IsType<MimePart>(entity)));
        _ = MessageFacts.Touch(message);
    }

    [Fact]
    public void Load_of_multiparts_that_follow_deeply_nested_ones_finds_their_parts()
    {
        var text = new StringBuilder("Content-Type: multipart/mixed; boundary=top\n\n--top\n");
        for (int i = 0; i < 12; i++)
            _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        _ = text.Append("\ndeep\n--top\nContent-Type: multipart/mixed; boundary=next\n\n--next\n\none\n--next\n\ntwo\n--next--\n--top\n\nlast\n--top--\n");
        using var message = Load(text.ToString(), new ParserOptions());

        var top = Assert.IsType<Multipart>(message.Body);
        Assert.Equal(3, top.Count);
        Assert.Equal(2, Assert.IsType<Multipart>(top[1]).Count);
        Assert.Equal("last", Assert.IsType<TextPart>(top[2]).Text);
    }

    [Fact]
    public void Load_of_messages_in_each_other_stops_at_the_depth_allowed()
    {
        string text = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 5000));
        using var message = Load(text, new ParserOptions());
        int found = 0;
        var entity = message.Body;
        while (entity is MessagePart { Message: { } inner })
        {
            entity = inner.Body;
            found++;
        }

        Assert.InRange(found, 100, 1024);
        Assert.NotEmpty(Decoded(Assert.IsType<MimePart>(entity)));
    }

    [Fact]
    public void Load_on_a_small_stack_keeps_deep_parts_as_content_instead_of_overflowing()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 1000; i++)
            _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        Exception? error = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    using var message = Load(text.ToString(), new ParserOptions());
                }
                catch (FormatException e)
                {
                    error = e;
                }
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    [Fact]
    public void Load_of_more_header_fields_than_allowed_keeps_the_rest_in_the_last_one()
    {
        string text = string.Concat(Enumerable.Repeat("A: b\n", ParserOptions.MaxHeaders + 10)) + "\nbody";
        using var message = Load(text, new ParserOptions());
        Assert.Equal(ParserOptions.MaxHeaders, message.Headers.Count);
        Assert.Equal("body", message.TextBody);
        Assert.EndsWith("A: b", message.Headers[^1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_more_parts_than_allowed_keeps_the_rest_in_the_last_one()
    {
        string text = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", ParserOptions.MaxParts + 10));
        using var message = Load(text, new ParserOptions());
        var multipart = Assert.IsType<Multipart>(message.Body);
        Assert.InRange(multipart.Count, ParserOptions.MaxParts - 2, ParserOptions.MaxParts);
        Assert.True(Decoded((MimePart)multipart[^1]).Length > 10);
    }

    [Theory]
    [InlineData("99999999999text/plain; charset=utf-8")]
    [InlineData("20120506T10:11:12-")]
    [InlineData("2012-T10:11:12Z")]
    [InlineData("-/-/-")]
    public void Text_that_only_begins_like_a_date_is_no_date(string text)
    {
        using var message = Load($"Date: {text}\n\n", new ParserOptions());
        Assert.Equal(DateTimeOffset.MinValue, message.Date);
    }

    [Fact]
    public void Address_lists_are_read_to_their_end()
    {
        const int Count = 200_000;
        using var message = Load("To: " + string.Join(",\n ", Enumerable.Range(0, Count).Select(static i => $"a{i}@example.com")) + "\n", new ParserOptions());
        Assert.Equal(Count, message.To.Count);
    }

    [Fact]
    public void Parameters_beyond_the_limit_are_left_out()
    {
        using var message = Load("Content-Type: text/plain" + string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"; p{i}=x")) + "\n", new ParserOptions());
        Assert.InRange(message.Body!.ContentType.Parameters.Count, 500, 1024);
    }

    // Each of these made some mail parser quadratic, or overflow its stack.
    [Theory]
    [InlineData("Subject: ", "=?utf-8?Q?a?= ", "")]
    [InlineData("Subject: ", "=?utf-8?Q?a", "")]
    [InlineData("Subject: ", "=?", "")]
    [InlineData("Subject: ", "=?a?b?c?d", "")]
    [InlineData("From: ", "(", "")]
    [InlineData("From: ", "\"", "")]
    [InlineData("From: ", "(", "<a@b>")]
    [InlineData("From: ", "<@a,", "")]
    [InlineData("From: ", "\"\\\"", "")]
    [InlineData("Subject: ", "=?x?q? ", "?=")]
    [InlineData("Subject: ", "a\n ", "")]
    [InlineData("From: ", "<", "")]
    [InlineData("From: ", "a:", "")]
    [InlineData("From: ", "a,", "<a@b>")]
    [InlineData("From: ", "=?x?q?", "")]
    [InlineData("From: ", "\\", "")]
    [InlineData("From: ", "[", "")]
    [InlineData("From: ", "a b ", "@c")]
    [InlineData("From: ", "a@", "")]
    [InlineData("From: ", "a@b ", "")]
    [InlineData("References: ", "<", "")]
    [InlineData("References: ", "(", "")]
    [InlineData("Date: ", "(", "")]
    [InlineData("Date: ", "1 ", "")]
    [InlineData("Content-Type: text/plain; ", "a*1*=b;", "")]
    [InlineData("Content-Type: text/plain; ", "a=\"b", "")]
    [InlineData("Content-Type: ", "(", "")]
    [InlineData("Content-Disposition: ", "=", "")]
    [InlineData("", "not a field\n", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n", "--\n", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n", "--c\n", "")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n", "=", "")]
    [InlineData("Content-Transfer-Encoding: base64\n\n", "=a", "")]
    [InlineData("Content-Type: text/plain; format=flowed\n\n", "> \n", "")]
    [InlineData("Content-Type: text/html\n\n", "<meta ", "\xFF")]
    public void Load_of_a_megabyte_of_the_same_is_read_without_an_error(string start, string repeated, string end)
    {
        string text = start + string.Concat(Enumerable.Repeat(repeated, (1 << 20) / repeated.Length)) + end + "\n";
        using var message = Load(text, new ParserOptions());
        _ = MessageFacts.Touch(message);
    }

    [Fact]
    public void Load_from_a_large_stream_that_stays_open_needs_little_memory()
    {
        var stream = new SyntheticStream(24L * 1024 * 1024);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var message = MimeMessage.Load(stream, persistent: true);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 512 * 1024, $"{allocated} bytes were allocated.");

        var counter = new ContentMeter();
        ((MimePart)message.Attachments.Single()).Content!.DecodeTo(counter);
        Assert.True(counter.Length > 16 * 1024 * 1024, $"{counter.Length} bytes were decoded.");
    }

    private static MimeMessage Load(string text, ParserOptions options) =>
        MimeMessage.Load(options, new MemoryStream(Encoding.Latin1.GetBytes(text)));

    private static byte[] Decoded(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content?.DecodeTo(stream);
        return stream.ToArray();
    }
}
