using System.Globalization;
using System.Text;

namespace Pipe.Spool.Tests;

public sealed class MboxSourceTests : IDisposable
{
    private const string Line1 = "From joe@example.test Sat Jan  3 01:05:34 1996\n";
    private const string Line2 = "From - Mon Nov 23 06:00:00 2026\n";

    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Read_ends_a_message_before_the_empty_line_that_precedes_a_separator()
    {
        Assert.Equal(
            [Line1 + "Subject: 1\n\none\n\n", Line2 + "Subject: 2\n\ntwo\n"],
            Read(Line1 + "Subject: 1\n\none\n\n\n" + Line2 + "Subject: 2\n\ntwo\n\n"));
    }

    [Theory]
    [InlineData("")]                        // no line end at the end of the file
    [InlineData("\n")]
    [InlineData("\n\n")]
    public void Read_takes_the_last_message_to_the_end_of_the_file(string end) =>
        Assert.Equal(Line1 + "Subject: 1\n\none" + (end.Length > 0 ? "\n" : ""), Assert.Single(Read(Line1 + "Subject: 1\n\none" + end)));

    [Fact]
    public void Read_understands_CR_LF()
    {
        string mbox = (Line1 + "Subject: 1\n\none\n>From x\n\n" + Line2 + "Subject: 2\n\ntwo\n\n").ReplaceLineEndings("\r\n");
        Assert.Equal(
            [(Line1 + "Subject: 1\n\none\nFrom x\n").ReplaceLineEndings("\r\n"), (Line2 + "Subject: 2\n\ntwo\n").ReplaceLineEndings("\r\n")],
            Read(mbox));
    }

    [Theory]
    [InlineData("From here on it is easy.\n")]
    [InlineData("From 10:30 until 2026\n")]                   // a year, but no date before it: see the next test
    [InlineData("From the year 1996 on\n")]
    [InlineData("From\n")]
    [InlineData("Fromage, at 10:30 in 1996\n")]
    public void Read_does_not_take_a_sentence_for_a_separator(string sentence) =>
        Assert.Single(Read(Line1 + "Subject: 1\n\none\n\n" + sentence + "\n"));

    [Fact]
    public void Read_does_not_take_a_separator_without_an_empty_line_before_it() =>
        Assert.Equal(Line1 + "Subject: 1\n\none\n" + Line2 + "two\n", Assert.Single(Read(Line1 + "Subject: 1\n\none\n" + Line2 + "two\n\n")));

    [Theory]
    [InlineData("From a@b Sat Jan  3 01:05:34 1996")]
    [InlineData("From a@b Sat Jan  3 01:05 1996")]
    [InlineData("From a@b Sat Jan  3 01:05:34 EST 1996")]
    [InlineData("From a@b Sat Jan 03 01:05:34 1996 +0100")]
    [InlineData("From 1234567890@xxx Sat Jan 03 01:05:34 +0000 1996")]       // Google Takeout
    [InlineData("From - Sat Jan 03 01:05:34 1996")]                           // Thunderbird
    [InlineData("From ???@??? Sat Jan 03 01:05:34 1996")]                     // Eudora
    [InlineData("From \"a b\"@c Sat Jan  3 01:05:34 1996")]
    [InlineData("From MAILER-DAEMON Sat Jan  3 01:05:34 1996   ")]
    public void Read_knows_the_separators_of_many_programs(string separator) =>
        Assert.Equal(2, Read(Line1 + "Subject: 1\n\none\n\n" + separator + "\nSubject: 2\n\ntwo\n").Count);

    [Theory]
    [InlineData("Auto", "From a\n>From b\n>>From c\n> From d\n")]
    [InlineData("Mboxrd", "From a\n>From b\n>>From c\n> From d\n")]
    [InlineData("Mboxo", "From a\n>>From b\n>>>From c\n> From d\n")]
    [InlineData("Mboxcl", "From a\n>>From b\n>>>From c\n> From d\n")]
    [InlineData("Mboxcl2", ">From a\n>>From b\n>>>From c\n> From d\n")]
    [InlineData("None", ">From a\n>>From b\n>>>From c\n> From d\n")]
    public void Read_takes_quoting_away_as_it_was_put_there(string quoting, string expected) =>
        Assert.Equal(
            Line1 + "Subject: 1\n\n" + expected,
            Assert.Single(Read(Line1 + "Subject: 1\n\n>From a\n>>From b\n>>>From c\n> From d\n\n", quoting)));

    [Theory]
    [InlineData("Auto", ">From x\n")]
    [InlineData("Mboxcl2", ">From x\n")]
    [InlineData("Mboxcl", "From x\n")]
    public void Read_believes_a_Content_Length_that_leads_to_a_separator(string quoting, string expected)
    {
        string body = "one\n\n" + Line2 + ">From x\n";
        var messages = Read($"{Line1}Content-Length: {body.Length}\n\n{body}\n{Line2}Subject: 2\n\ntwo\n", quoting);

        Assert.Equal(2, messages.Count);
        Assert.EndsWith("one\n\n" + Line2 + expected, messages[0], StringComparison.Ordinal);
        Assert.Equal(Line2 + "Subject: 2\n\ntwo\n", messages[1]);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("99999")]
    [InlineData("-1")]
    [InlineData("9999999999999999999999")]
    [InlineData("x")]
    [InlineData("")]
    public void Read_does_not_believe_a_Content_Length_that_leads_elsewhere(string length) =>
        Assert.Equal(
            ["one\n", "two\n"],
            Read($"{Line1}Content-Length: {length}\n\none\n\n{Line2}\ntwo\n").Select(message => message[^4..]));

    [Fact]
    public void Read_passes_over_a_mail_program_s_own_notes() =>
        Assert.Equal(
            Line2 + "Subject: 2\n\ntwo\n",
            Assert.Single(Read("From MAILER-DAEMON Sat Jan  3 01:05:34 1996\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1 2\n\nThis text\n\n" + Line2 + "Subject: 2\n\ntwo\n")));

    [Fact]
    public void Read_passes_over_what_precedes_the_first_separator() =>
        Assert.Equal(Line2 + "Subject: 2\n\ntwo\n", Assert.Single(Read("From nowhere\n\nx\n\n" + Line2 + "Subject: 2\n\ntwo\n")));

    [Fact]
    public void Read_goes_to_the_next_message_though_the_former_was_not_read()
    {
        var source = Source(Line1 + "Subject: 1\n\n" + new string('x', 500_000) + "\n\n" + Line2 + "Subject: 2\n\ntwo\n", "Auto");
        Assert.Equal(2, source.Read().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(200_000)]
    public void Read_gives_the_same_messages_wherever_its_buffer_ends(int step)
    {
        // Lines of many lengths around the size of the buffer.
        var mbox = new StringBuilder();
        var expected = new List<string>();
        for (int i = 0; i < 12; i++)
        {
            string body = string.Concat(Enumerable.Range(0, 30).Select(n => new string((char)('a' + n % 26), (i * 1009 + n * 317) % 3000) + "\n"))
                + new string('z', i * 15_000) + "\n>From q\n";
            mbox.Append(CultureInfo.InvariantCulture, $"{Line1}Subject: {i}\n\n{body}\n");
            expected.Add($"{Line1}Subject: {i}\n\n{body.Replace(">From q", "From q", StringComparison.Ordinal)}");
        }

        var read = new List<string>();
        byte[] buffer = new byte[step];
        foreach (var message in Source(mbox.ToString(), "Auto").Read())
        {
            var text = new StringBuilder();
            using var stream = message.Open();
            int count;
            while ((count = stream.Read(buffer)) > 0)
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            read.Add(text.ToString());
        }

        Assert.Equal(expected, read);
    }

    [Fact]
    public void Position_reaches_the_total()
    {
        var source = Source(Line1 + "Subject: 1\n\none\n\n" + Line2 + "Subject: 2\n\ntwo\n\n", "Auto");
        long position = 0;
        foreach (var message in source.Read())
        {
            using (var stream = message.Open())
                stream.CopyTo(Stream.Null);
            Assert.True(message.Position() > position);
            position = message.Position();
        }

        Assert.Equal(source.Total, position);
    }

    private IMessageSource Source(string mbox, string quoting)
    {
        File.WriteAllBytes(_root["mbox"], Encoding.Latin1.GetBytes(mbox));
        return MessageSource.Open(_root["mbox"], Enum.Parse<MboxQuoting>(quoting));
    }

    private List<string> Read(string mbox, string quoting = "Auto")
    {
        var messages = new List<string>();
        foreach (var message in Source(mbox, quoting).Read())
        {
            using var reader = new StreamReader(message.Open(), Encoding.Latin1);
            messages.Add(reader.ReadToEnd());
        }

        return messages;
    }
}
