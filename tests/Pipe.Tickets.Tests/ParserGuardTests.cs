using System.Text;
using Pipe.Tickets.Reading;

namespace Pipe.Tickets.Tests;

/// <summary>What the guard leaves out for MimeKit, and what it must not touch.</summary>
public sealed class ParserGuardTests
{
    private const string Multipart = "Content-Type: multipart/mixed; boundary=b\n\n";

    [Theory]
    [InlineData("Subject: x\n\nbody\n")]
    [InlineData("Subject: x\n folded\n\n--b\nA: b\n")]
    [InlineData(Multipart + "preamble\n--b\nA: b\n\ntext\n--b--\nepilogue\n")]
    [InlineData(Multipart + "--b\n--b\n\n--b--\n")]
    [InlineData("Content-Type: message/rfc822\n\nSubject: inner\n\nno field here\n")]
    [InlineData("Subject: x\r\n\r\nbody without end")]
    [InlineData("")]
    public void Guard_leaves_ordinary_messages_alone(string message) => Assert.Equal((message, null), Guarded(message));

    [Fact]
    public void Guard_cuts_a_field_and_keeps_its_line_end()
    {
        string field = "X-Long: " + string.Join("\n ", Enumerable.Repeat(new string('a', 70), 10_000)) + "\n";
        var (guarded, loss) = Guarded("Subject: x\n" + field + "To: y\n\nbody\n");

        Assert.Equal("Subject: x\n" + field[..(256 * 1024)] + "\nTo: y\n\nbody\n", guarded);
        Assert.Equal("a header field has more than 262144 bytes", loss);
    }

    [Theory]
    [InlineData("Content-Type: text/plain;", 8192)]
    [InlineData("content-disposition : attachment;", 8192)]
    public void Guard_cuts_fields_with_parameters_earlier_in_every_part(string field, int limit)
    {
        string part = field + string.Concat(Enumerable.Range(0, 2000).Select(i => $"\n name*{i}=aaaa;")) + "\n";

        Assert.Equal(
            Multipart + "--b\n" + part[..limit] + "\n\nx\n--b--\n",
            Guarded(Multipart + "--b\n" + part + "\nx\n--b--\n").Text);
    }

    [Fact]
    public void Guard_leaves_out_fields_and_parts_beyond_their_numbers()
    {
        string fields = string.Concat(Enumerable.Repeat("A:b\n", 25_000));
        string parts = string.Concat(Enumerable.Repeat("--b\n\nx\n", 3000));

        Assert.Equal(20_000 * 4 + 6, Guarded(fields + "\nbody\n").Text.Length);
        Assert.Equal(Multipart.Length + (2000 * 7), Guarded(Multipart + parts).Text.Length);
    }

    // Four bytes for each character that is shown of it.
    [Fact]
    public void Guard_keeps_as_much_text_between_the_parts_as_can_be_shown()
    {
        var options = new InboundMailOptions { MaxBodyBytes = 1000 };
        string preamble = new string('p', 3000) + "\n";
        string epilogue = new string('e', 3000) + "\n";
        var (guarded, loss) = Guarded(Multipart + preamble + "--b\n\nx\n--b--\n" + epilogue, options);

        Assert.Equal(Multipart + preamble + "--b\n\nx\n--b--\n" + epilogue[..999], guarded);
        Assert.NotNull(loss);
    }

    // MimeKit refuses a message whose first line is no field, and one that ends within a field name.
    [Theory]
    [InlineData("no field\nSubject: x\n\nbody\n", "Subject: x\n\nbody\n")]
    [InlineData("two words: y\n folded\nSubject: x\n\nbody\n", "Subject: x\n\nbody\n")]
    [InlineData("Subject: x\nTo", "Subject: x\n")]
    public void Guard_leaves_out_what_MimeKit_would_refuse_the_message_for(string message, string expected) =>
        Assert.Equal((expected, null), Guarded(message));

    [Theory]
    [InlineData(Multipart + "--b\nContent-Transfer-Encoding: base64\nAAAA\nBBBB\n--b--\n", Multipart + "--b\nContent-Transfer-Encoding: base64\n\nAAAA\nBBBB\n--b--\n")]
    [InlineData(Multipart + "--b\nA: b\nHello\n--b--\n", Multipart + "--b\nA: b\n\nHello\n--b--\n")]
    [InlineData("Subject: x\nDear all,\nplease look: now\n\nMore.\n", "Subject: x\n\nDear all,\nplease look: now\n\nMore.\n")]
    [InlineData("Subject: x\na stray line\nTo: y\n\nbody\n", "Subject: x\na stray line\nTo: y\n\nbody\n")]
    public void Guard_ends_a_header_that_runs_into_its_body(string message, string expected) =>
        Assert.Equal((expected, null), Guarded(message));

    [Fact]
    public void Guard_cuts_nothing_of_a_body_that_follows_without_a_blank_line()
    {
        string line = new string('x', 600_000) + "\n";

        Assert.Equal("Subject: x\n\n" + line + line, Guarded("Subject: x\n" + line + line).Text);
    }

    [Theory]
    [InlineData("Subject: x\n\nbody\n", false)]
    [InlineData("Subject: x\n\nbody", true)]
    [InlineData(Multipart + "--b\n\nx\n--b--\n", false)]
    [InlineData(Multipart + "--b\n\nx\n", true)]
    [InlineData(Multipart + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--b--\n", false)]
    public void IsCutShort_knows_a_message_that_goes_on(string message, bool expected) =>
        Assert.Equal(expected, ParserGuard.IsCutShort(new MemoryStream(Encoding.UTF8.GetBytes(message))));

    // Lines and delimiters at every place of the buffer.
    [Theory]
    [InlineData(32 * 1024)]
    [InlineData(64 * 1024)]
    public void Guard_finds_parts_wherever_the_pieces_it_reads_end(int bufferBytes)
    {
        for (int length = bufferBytes - 60; length < bufferBytes + 10; length++)
        {
            string start = Multipart + "--b\n\n";
            string fill = new string('x', length - start.Length) + "\n";
            string message = start + fill + "--b\nX-L: " + new string('y', 300_000) + "\n\nz\n--b--\n";
            string expected = start + fill + "--b\n" + ("X-L: " + new string('y', 300_000))[..(256 * 1024)] + "\n\nz\n--b--\n";

            Assert.Equal(expected, Guarded(message).Text);
        }
    }

    private static (string Text, string? Loss) Guarded(string message, InboundMailOptions? options = null)
    {
        var stream = ParserGuard.Guard(new MemoryStream(Encoding.UTF8.GetBytes(message)), options ?? new(), out string? loss);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        return (reader.ReadToEnd(), loss);
    }
}
